"""Pasted links and invitations of video meetings: what they are, what is doubtful, which report to fetch."""
