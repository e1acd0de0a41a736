"""Ways in: sign-in lists, join links and check-in."""
