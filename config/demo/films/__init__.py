"""Recordings of the demo network: spoken, drawn and filmed on this machine."""
