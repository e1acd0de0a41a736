"""Template tags of recordings: `{% load recordings %}`."""
