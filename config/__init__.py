"""Switches the apps on and joins them; nobody imports it."""
