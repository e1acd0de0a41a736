"""Calendar texts: iCalendar, iTIP messages and feeds."""
