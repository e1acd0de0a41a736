"""A BigBlueButton server of ours: rooms, people in them, notices and recordings."""
