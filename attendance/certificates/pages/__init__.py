"""Pages about certificates: the check page, the paper itself, many papers of one event."""
