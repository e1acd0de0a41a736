"""Runs against a real provider: own items made, changed, read and removed, told in a report."""
