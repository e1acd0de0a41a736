"""Tables everybody stands on: facts and work, audit, post, jobs, limits."""
