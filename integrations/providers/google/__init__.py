"""Google Calendar, Meet and Drive, through google-api-python-client."""
