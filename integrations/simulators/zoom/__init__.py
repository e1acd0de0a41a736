"""Zoom, simulated: server-to-server tokens, participants' reports, recordings, signed notices."""
