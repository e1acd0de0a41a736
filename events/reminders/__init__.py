"""Reminders: the day before, and a quarter of an hour before for those who join online."""
