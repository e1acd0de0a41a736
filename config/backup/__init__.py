"""Backups: database and files in one archive, keys in another."""
