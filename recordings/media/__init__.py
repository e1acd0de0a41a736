"""Files of recordings: where they lie, which tools read them, how they are handed out."""
