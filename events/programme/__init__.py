"""What is promised and when: events, parts, slots and their states."""
