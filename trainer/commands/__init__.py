"""The commands behind ``landmark-trainer``: they read what they are given, call the parts, and print."""
