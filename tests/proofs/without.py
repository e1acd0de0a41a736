"""Takes guards away, for the controls of the proofs alone."""

import os
import time
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db import transaction

PAUSE = 0.4  # seconds


def slow_line(get_response: Any) -> Any:
    """Let the answer travel a while after the deed: a kill in between leaves the client unsure."""

    def answer(request: Any) -> Any:
        response = get_response(request)
        if request.method == "POST" and "once" in wanted():
            time.sleep(PAUSE)
        return response

    return answer


def wanted() -> set[str]:
    """The guards to take away."""
    return set(os.environ.get("PROOF_WITHOUT", "").split(","))


class Without(AppConfig):
    """Changes the product once it is loaded."""

    name = "tests.proofs"
    label = "proofs"

    def ready(self) -> None:
        """Take away what PROOF_WITHOUT names."""
        for guard in wanted() & set(GUARDS):
            GUARDS[guard]()


def _without_lock() -> None:
    from events.registration import commands

    commands._lock_pools = partial(unlocked, commands.Pool)


def unlocked(pools: Any, event_id: int) -> Any:
    """Read the pools as if nobody had thought of a lock; the pause lets others pass."""
    found = list(pools.objects.filter(event_id=event_id).order_by("pk"))
    time.sleep(0.01)
    return found


def _without_once() -> None:
    from events.backstage import once

    def run(_key: Any, _content: Any, do: Any, *, at: Any) -> Any:
        return do()

    once.run = run


def _facts_after_commit() -> None:
    from events.registration import commands

    record = commands.record

    def late(fact: Any, *, at: Any) -> int:
        transaction.on_commit(partial(_record_later, record, fact, at))
        return 0

    commands.record = late


def _record_later(record: Any, fact: Any, at: Any) -> None:
    time.sleep(PAUSE)
    with transaction.atomic():
        record(fact, at=at)


GUARDS = {"lock": _without_lock, "once": _without_once, "facts": _facts_after_commit}
