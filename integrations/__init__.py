"""Integrations: the outer ring that talks to calendars and video services."""
