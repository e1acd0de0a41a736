"""Calling the API in tests: a client with a token, keys by themselves, answers as JSON."""

import itertools
import json
from datetime import datetime

from django.test import Client

from events.kernel import clock
from events.networks import queries as networks
from events.people.models import Person
from events.people.tokens import commands
from events.people.tokens.scopes import SCOPES

ROOT = "/api/v1"
_numbers = itertools.count(1)


def token_for(person: Person, *scopes: str, days: int = 30, at: datetime | None = None) -> str:
    """A token of a person, made as in a session with the second step; for everything unless told."""
    at = at or clock.now()
    by = networks.actor_for(person, at=at)
    return commands.make(name="test", scopes=scopes or SCOPES, days=days, by=by, at=at)[1]


class Caller:
    """Somebody's program."""

    def __init__(self, person: Person | None = None, *scopes: str, token: str = "") -> None:
        self.token = token or (token_for(person, *scopes) if person else "")
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: object = None, *, key: str = "", **headers: str):
        """One call; a POST gets a key unless `key` is one (or "none" for no key at all)."""
        sent = dict(headers)
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if method == "POST" and key != "none":
            sent["Idempotency-Key"] = key or f"test-{next(_numbers)}"
        content = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        return self.client.generic(
            method,
            path if path.startswith(ROOT) else ROOT + path,
            content,
            content_type="application/json",
            headers=sent,
        )

    def get(self, path: str, **headers: str):
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, **more: str):
        return self.call("POST", path, body, **more)

    def put(self, path: str, body: object, **headers: str):
        return self.call("PUT", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str):
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str):
        return self.call("DELETE", path, **headers)
