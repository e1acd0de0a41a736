"""Jitsi: room names that nobody guesses, and passes for a private server."""
