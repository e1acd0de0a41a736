"""What changed in a calendar: a whole round first, then by sync token (RFC 6578)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from integrations.ports import Changes, CursorLost, Found
from integrations.providers.caldav import payloads, questions
from integrations.providers.caldav.collection import Collection, strong
from integrations.providers.caldav.multistatus import Resource

TOKEN = f"{questions.DAV}sync-token"
AT_ONCE = 50
ROUNDS = 100


def first(collection: Collection, *, since: datetime, until: datetime) -> Changes:
    """All entries that touch the span.

    The token is asked for before the entries, so that a change in between is told twice, not never.
    A server without tokens gives an empty cursor, and so every later round is whole too.
    """
    answer = collection.list(questions.properties(TOKEN), method="PROPFIND", depth=0)
    cursor = answer.resources[0].text(TOKEN).strip() if answer.resources else ""
    held = collection.list(questions.within(since, until)).resources
    return Changes([_found(one) for one in held if one.name], cursor, whole=True)


def later(collection: Collection, cursor: str) -> Changes:
    """What changed since a token. Raises CursorLost when the server does not take it any more."""
    latest: dict[str, bool] = {}
    for _ in range(ROUNDS):
        answer = collection.list(questions.since_token(cursor), depth=0)
        for one in answer.resources:
            if one.name:
                latest[one.name] = one.is_gone
        cursor = answer.token
        if not cursor:
            raise CursorLost("no_token")
        if not answer.is_cut:
            break
    removed = [Found(remote_id=name, removed=True) for name, gone in latest.items() if gone]
    standing = [name for name, gone in latest.items() if not gone]
    return Changes([*removed, *_read(collection, standing)], cursor, whole=False)


def _read(collection: Collection, names: Sequence[str]) -> Iterator[Found]:
    for start in range(0, len(names), AT_ONCE):
        paths = [collection.path_of(name) for name in names[start : start + AT_ONCE]]
        for one in collection.list(questions.these(paths)).resources:
            yield _found(one)


def _found(one: Resource) -> Found:
    if one.is_gone:
        return Found(remote_id=one.name, removed=True)
    etag = strong(one.text(questions.ETAG))
    return payloads.found(one.name, etag, one.text(questions.DATA).encode())
