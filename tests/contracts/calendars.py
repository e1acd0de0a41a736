"""Calendars with names on somebody else's calendar server."""

import re
from contextlib import contextmanager

import requests

from tests.contracts.caldav import PASSWORD, USER

HOME = f"/{USER}/"
NAMED = """<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype><displayname>%s</displayname>
<C:supported-calendar-component-set><C:comp name="%s"/></C:supported-calendar-component-set>
</prop></set></mkcol>"""


def _ask(method, url, **more):
    answer = requests.request(method, url, auth=(USER, PASSWORD), timeout=10, **more)
    answer.raise_for_status()
    return answer


def make(url, name, title, *, holds="VEVENT"):
    """A calendar below the home of the one user of a Radicale."""
    _ask("MKCOL", f"{url}{HOME}{name}/", data=(NAMED % (title, holds)).encode())


def clear(url):
    """Take all calendars away."""
    answer = requests.request(
        "PROPFIND", url + HOME, auth=(USER, PASSWORD), headers={"Depth": "1"}, timeout=10
    )
    found = re.findall(r"<(?:\w+:)?href>([^<]+)</", answer.text)
    for path in {path for path in found if path.startswith(HOME) and path != HOME}:
        _ask("DELETE", url + path)


@contextmanager
def three(url):
    """Two calendars for events and one for tasks, and nothing else."""
    clear(url)
    make(url, "school", "School events")
    make(url, "own", "My own")
    make(url, "tasks", "To do", holds="VTODO")
    yield url
    clear(url)
