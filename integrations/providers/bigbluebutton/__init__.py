"""BigBlueButton: rooms made at click time, notices of what happens in them, recordings."""
