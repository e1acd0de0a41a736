"""Calendars of any server that speaks CalDAV (RFC 4791), such as Nextcloud, Radicale and Xandikos."""
