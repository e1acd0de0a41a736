"""Attendance files of our own in every format and many languages, with their truths."""
