"""The API under /api/v1: the rooms' operations behind one door."""
