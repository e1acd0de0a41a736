"""Free and busy times from connected calendars, of people who said yes, without titles."""
