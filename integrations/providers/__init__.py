"""Calendars and video services, one package each; they know the ports and nothing else of ours."""
