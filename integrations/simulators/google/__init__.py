"""Google Calendar, Meet, Drive and its token endpoint, as far as Kolega uses them."""
