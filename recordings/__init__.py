"""Recordings: what can be watched later."""
