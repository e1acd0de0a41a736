"""Video meetings without an account anywhere."""

import re

from config import env

HOST = re.compile(r"^(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{2,5})?$")

KOLEGA_JITSI_HOST = env.text("KOLEGA_JITSI_HOST").lower()
if KOLEGA_JITSI_HOST and not HOST.match(KOLEGA_JITSI_HOST):
    message = f"KOLEGA_JITSI_HOST is {KOLEGA_JITSI_HOST!r}. Write a host name alone, like meet.example.org."
    raise env.BadVariable(message)
