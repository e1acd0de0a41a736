"""Video meetings without an account anywhere, and with one of one's own."""

import re

from config import env

HOST = re.compile(r"^(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{2,5})?$")

KOLEGA_JITSI_HOST = env.text("KOLEGA_JITSI_HOST").lower()
if KOLEGA_JITSI_HOST and not HOST.match(KOLEGA_JITSI_HOST):
    message = f"KOLEGA_JITSI_HOST is {KOLEGA_JITSI_HOST!r}. Write a host name alone, like meet.example.org."
    raise env.BadVariable(message)

GOOGLE_CLIENT_ID = env.text("GOOGLE_CLIENT_ID")
GOOGLE_CLIENT_SECRET = env.text("GOOGLE_CLIENT_SECRET")
GOOGLE_ENDPOINTS: dict[
    str, str
] = {}  # where a simulator of Google stands; taken only with simulators
