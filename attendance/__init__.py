"""Attendance: who was there and what it earns."""
