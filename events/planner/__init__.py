"""Planning pages: month, agenda, new event."""
