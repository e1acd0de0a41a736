"""Zoom: its notices. Meetings are pasted as links; its API is not called."""
