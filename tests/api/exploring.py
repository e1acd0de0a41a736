"""Calls of every operation made up from the API's own document, and what came of them.

Each call runs in a transaction that is taken back, so all start from the same network. A third of
the calls is as the document alone suggests, a third names things that exist, a third is the
operation's sample with one made-up piece.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import IntegrityError, close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from config.api.document import described
from config.wsgi import application
from tests.api.calls import token_for
from tests.api.filled import Filled
from tests.api.samples import SAMPLES

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
PLAIN, REAL, SAMPLE = "plain", "real", "sample"
_keys = itertools.count(1)


@dataclass
class Outcome:
    """How often each operation was called, with which status, and what was wrong."""

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)

    @property
    def reached(self) -> set[str]:
        """Operations of which a call succeeded."""
        return {
            name
            for name, found in self.statuses.items()
            if any(200 <= status < 300 for status in found)
        }

    def told(self) -> str:
        """The figures in one line."""
        total = Counter[int]()
        for found in self.statuses.values():
            total.update(found)
        share = 100 * len(self.reached) / max(len(self.statuses), 1)
        return (
            f"{sum(total.values())} calls of {len(self.statuses)} operations, "
            f"{share:.0f} % reached a 2xx, statuses {dict(sorted(total.items()))}, "
            f"{len(self.faults)} faults"
        )


@cache
def operations() -> dict[str, object]:
    """The operations as schemathesis sees them, by name."""
    schema = schemathesis.openapi.from_dict(described())
    schema.app = application
    found = [one.ok() for one in schema.get_all_operations()]
    return {one.definition.raw["operationId"]: one for one in found}


def explore(
    made: Filled,
    who: str,
    *,
    examples: int,
    outcome: Outcome,
    names: Collection[str] = (),
    chance: int = 0,
) -> None:
    """Call operations (all without `names`) `examples` times as one of the people of a network."""
    token = token_for(getattr(made, who))
    with _one_connection():
        for name in names or operations():
            _explore(
                operations()[name], made, token, examples=examples, outcome=outcome, chance=chance
            )


@contextmanager
def _one_connection():
    """Requests leave the connection of the test open, however long inventing calls takes."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _explore(operation, made, token, *, examples, outcome, chance) -> None:
    name = operation.definition.raw["operationId"]
    turns = itertools.islice(itertools.cycle([SAMPLE, REAL, PLAIN]), chance, None)
    strange = GenerationMode.NEGATIVE

    @seed(chance)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def one(case):
        _bend(case, name, made.ids, next(turns))
        _call(case, name, token, outcome)

    @seed(chance)
    @settings(
        max_examples=max(1, examples // 3),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=strange))
    def other(case):
        _call(case, name, token, outcome)

    one()
    with suppress(Unsatisfiable):  # nothing is wrong for an operation that takes anything
        other()


def _bend(case, name: str, ids: Mapping[str, object], turn: str) -> None:
    """Let a call name what exists; a sample keeps the made-up parameters of the query."""
    sample = SAMPLES[name]
    if turn != PLAIN:
        case.path_parameters = {**(case.path_parameters or {}), **sample.values(ids)}
    if turn == SAMPLE and sample.body is not None and not callable(sample.body):
        case.body = sample.content(ids, lambda *_: None)
    if turn == SAMPLE:
        case.query = {}
        if sample.file:
            case.body = {"file": sample.upload().read()}
    headers = dict(case.headers or {})
    if "If-Match" in headers or sample.match:
        headers["If-Match"] = "*"
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f"explored-{next(_keys)}"
    case.headers = headers


def _call(case, name: str, token: str, outcome: Outcome) -> None:
    with transaction.atomic():
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        answer = case.call(headers=headers)
        outcome.statuses[name][answer.status_code] += 1
        try:
            connection.check_constraints()
            case.validate_response(answer, checks=CHECKS, headers=headers)
        except (IntegrityError, BaseExceptionGroup, AssertionError) as fault:
            told = getattr(fault, "exceptions", [fault])
            lines = "; ".join(str(one).partition("\n")[0] + " " + str(one)[:400] for one in told)
            outcome.faults.append(f"{name} {answer.status_code} {lines} {answer.content[:300]!r}")
        transaction.set_rollback(True)
