"""The sidebar: folders, places and runs."""
