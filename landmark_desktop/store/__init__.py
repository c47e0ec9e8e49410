"""SQLite library: folders, photos, guesses, reviews and the journal. No Qt."""
