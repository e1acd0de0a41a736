"""Events in people's calendars: one entry per part, kept right in both directions."""
