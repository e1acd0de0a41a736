"""Rooms that are made when somebody enters them: the way from a join link into the meeting."""
