"""The window. Talks to the services through the workspace; no file, database or model is touched here."""
