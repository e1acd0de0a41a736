"""Accounts at calendars and video services: who connected them, and how they fare."""
