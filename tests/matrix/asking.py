"""Asks one question, reads the answer as a letter, and takes everything back."""

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.matrix import fillings
from tests.matrix.places import Place

if TYPE_CHECKING:
    from tests.matrix.persons import Asker
    from tests.matrix.table import Row

SIGN_IN = ("/sign-in/", "/account/login/", "/account/reauthenticate/", "/admin/login/")
BY_STATUS = {
    401: "u",
    403: "n",
    404: "m",
    405: "o",
    409: "f",
    410: "f",
    412: "f",
    422: "f",
    429: "f",
}
SECOND_STEP = b'href="/account/2fa/totp/activate/?next='
CALL = {"Idempotency-Key": "matrix", "If-Match": "*"}
COUNTED = "SELECT '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name} t"
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# A session says who sits there, and a limit counts refused tries too: neither is kept data.
NOT_KEPT = frozenset({"django_session", "events_tally"})
MASKS = [
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+'), rb"\1"),
    (re.compile(rb"nonce-[\w+/=-]+"), b"nonce-"),
    (re.compile(rb'(name="_once" value=")[^"]+'), rb"\1"),
]
UNLIKE = frozenset({"date", "x-request-id", "content-length"})


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back; `changed` says that something was kept although it was refused."""

    letter: str
    status: int
    changed: bool
    response: HttpResponse
    place: Place


class Quick(Client):
    """A test client that keeps no copies of templates and contexts: a third less work."""

    def request(self, **request: object) -> HttpResponse:
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


def letter_of(answer: HttpResponse) -> str:
    """What an answer means to who asked."""
    if answer.status_code == 403 and SECOND_STEP in answer.content:
        return "w"
    if 300 <= answer.status_code < 400:
        return "s" if answer.headers.get("Location", "").startswith(SIGN_IN) else "y"
    return "y" if answer.status_code < 300 else BY_STATUS.get(answer.status_code, "?")


def fingerprint() -> dict[str, tuple[int, int]]:
    """How many rows each table has, and a sum over the digests of all of them."""
    tables = sorted(set(connection.introspection.table_names()) - NOT_KEPT)
    parts = [COUNTED.format(name=name) for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (count, int(digest)) for name, count, digest in cursor.fetchall()}


@contextmanager
def watched():
    """Collects the statements that could write; one that only reads cannot change a table."""
    writes: list[str] = []

    def look(execute, sql, params, many, context):
        if not str(sql).lstrip().upper().startswith(READING):
            writes.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield writes


def ask(asker: "Asker", row: "Row", place: Place, before: dict, *, missing: bool = False) -> Answer:
    """Send one request in a savepoint that is rolled back."""
    fill = fillings.not_there if missing else fillings.filled
    path = fill(row.address, place, row.variant)
    session = dict(asker.client.cookies)
    with transaction.atomic():
        with watched() as writes:
            answer = _send(asker, row, path, place)
        answer.path = path
        letter = letter_of(answer)
        changed = bool(writes) and letter != "y" and fingerprint() != before
        transaction.set_rollback(True)
    asker.client.cookies.clear()
    asker.client.cookies.update(session)
    return Answer(letter, answer.status_code, changed, answer, place)


def question(row: "Row", place: Place) -> tuple[str, str]:
    """What is sent, to tell which places are the same question."""
    body = fillings.body(row.method, row.address, place) if row.method != "GET" else {}
    return fillings.filled(row.address, place, row.variant), repr(sorted(body.items()))


@cache
def nowhere(asker: "Asker", method: str, start: str) -> bytes:
    """What an asker reads at an address that does not exist, below the same entry of the menu."""
    path = f"/{start}/nothing/is/here/"
    with transaction.atomic():
        answer = asker.client.generic(method, path)
        transaction.set_rollback(True)
    answer.path = path
    return bare(answer)[1]


def body_of(answer: Answer) -> bytes:
    return bare(answer.response)[1]


def _send(asker: "Asker", row: "Row", path: str, place: Place) -> HttpResponse:
    if row.method == "GET":
        return asker.client.get(path)
    data = fillings.body(row.method, row.address, place)
    if row.address.startswith("/api/") and "file" not in data:
        return asker.client.generic(
            row.method, path, json.dumps(data), content_type="application/json", headers=CALL
        )
    return asker.client.post(path, data, headers=CALL)


def bare(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    """An answer without what differs between any two: address, nonces, time."""
    content = answer.content.replace(answer.path.encode(), b"")
    headers = dict(answer.headers)
    for mask, to in MASKS:
        content = mask.sub(to, content)
        headers = {name: mask.sub(to, value.encode()).decode() for name, value in headers.items()}
    kept = {name: value for name, value in headers.items() if name.lower() not in UNLIKE}
    return answer.status_code, content, kept
