"""Door: every table of the app, for Django."""
