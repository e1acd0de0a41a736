"""Zoom: its notices, and the reports and recordings of meetings that were pasted as links."""
