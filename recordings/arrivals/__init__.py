"""How recordings come in: sent in pieces, in one go, as a link, or fetched from a service."""
