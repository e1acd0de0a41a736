"""Servers of ours that answer as the providers do, for tests and the demo; never in production."""
