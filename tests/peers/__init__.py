"""Programs that nobody here wrote, each in an environment of its own, talking with ours for real."""
