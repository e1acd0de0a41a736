"""Pages about people: one's own details, and the people one answers for."""
