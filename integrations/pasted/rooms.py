"""Rooms on the installation's own Jitsi server, made on wish: nothing is asked of the server."""

import secrets
import string

from django.conf import settings

from events.kernel.fold import plain_letters

LETTERS = string.ascii_lowercase + string.digits
RANDOM, READABLE = 10, 40


def host() -> str:
    """The host rooms are made on; empty where the administrator named none."""
    return str(settings.KOLEGA_JITSI_HOST)


def room(title: str) -> str:
    """The address of a new room: words of the title and ten random characters (51 bits)."""
    letters = (letter if letter.isascii() else " " for letter in plain_letters(title))
    words = "".join(word.capitalize() for word in "".join(letters).split() if word.isalnum())
    chosen = "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
    return f"https://{host()}/{words[:READABLE] or 'Kolega'}-{chosen}"
