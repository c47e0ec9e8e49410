"""The map of the world with the places of the photos."""
