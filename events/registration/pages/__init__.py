"""Pages about places: by personal link, signed in, and for colleagues."""
