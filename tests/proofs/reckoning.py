"""Compares what clients were promised with what the database and the mailbox hold."""

import email
import email.policy
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.proofs import around
from tests.proofs.load import Load
from tests.stack import Stack

QUIET = """
SELECT (SELECT count(*) FROM events_factrow WHERE fanned_at IS NULL)
     + (SELECT count(*) FROM events_work WHERE state IN ('ready', 'leased'))
     + (SELECT count(*) FROM events_job WHERE state IN ('waiting', 'running'))
"""
# Leases of the killed end after minutes; the short form lets that time pass at once.
TIME_PASSES = (
    "UPDATE events_work SET lease_until = now() WHERE state = 'leased'",
    "UPDATE events_job SET lease_until = now() WHERE state = 'running'",
    "UPDATE events_work SET due_at = now() WHERE state = 'ready' AND last_error <> ''",
)
PARKED = """
SELECT (SELECT count(*) FROM events_work WHERE state = 'parked')
     + (SELECT count(*) FROM events_job WHERE state = 'failed')
"""


@dataclass
class Account:
    """What was found: all counts but `acknowledged`, `found` and `same_id` should be zero."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    doubles: dict[str, int] = field(default_factory=dict)
    letters: int = 0
    mails: int = 0
    same_id: int = 0
    other_id: int = 0
    parked: int = 0

    @property
    def found(self) -> int:
        """Acknowledged writes that are there."""
        return sum(self.acknowledged.values()) - sum(self.lost.values())

    @property
    def faults(self) -> dict[str, int]:
        """What must not be."""
        named = {f"lost {name}": count for name, count in self.lost.items()}
        named |= {f"double {name}": count for name, count in self.doubles.items()}
        named |= {"different Message-IDs for one purpose": self.other_id, "parked": self.parked}
        return {name: count for name, count in named.items() if count}


def settle(stack: Stack, *, hurry: bool, within: float) -> float:
    """Wait until no work is left; `hurry` ends the leases of the killed after a few seconds."""
    began = time.monotonic()
    next_push = began + 5
    while around.ask(stack, QUIET) != [(0,)]:
        if time.monotonic() - began > within:
            left = around.ask(stack, "SELECT handler, state, last_error, count(*) FROM events_work"
                              " WHERE state IN ('ready', 'leased') GROUP BY 1, 2, 3")  # fmt: skip
            raise AssertionError(f"work is left after {within} s: {left}")
        if hurry and time.monotonic() > next_push:
            next_push += 8
            for statement in TIME_PASSES:
                around.ask(stack, statement)
        time.sleep(0.3)
    return time.monotonic() - began


def reckon(load: Load) -> Account:
    """Count everything that one load did."""
    ask = partial(around.ask, load.stack)
    account = Account({kind: len(keys) for kind, keys in load.acknowledged.items()})
    for count in (_plans, _registrations, _lists, _certificates, _batches):
        count(load, ask, account)
    mails = _mails(load)
    _receipts(load, ask, account, mails)
    account.mails = sum(len(ids) for ids in mails.values())
    account.same_id = sum(len(ids) - len(set(ids)) for ids in mails.values())
    account.other_id = sum(len(set(ids)) > 1 for ids in mails.values())
    ((account.parked,),) = ask(PARKED)
    return account


Ask = Callable[..., list[tuple[Any, ...]]]


def _repeated(values: Iterable[Any]) -> int:
    return sum(count - 1 for count in Counter(values).values())


def _plans(load: Load, ask: Ask, account: Account) -> None:
    like = f"Plan {load.name} %"
    titles = [
        title for (title,) in ask("SELECT title FROM events_event WHERE title LIKE %s", [like])
    ]
    account.lost["plan"] = len(set(load.acknowledged["plan"]) - set(titles))
    account.doubles["events"] = _repeated(titles)
    jobs = ask(
        "SELECT j.key FROM events_job j JOIN events_event e ON e.id = (j.params ->> 'event_id')::bigint"
        " WHERE j.kind = 'invite_audience' AND e.title LIKE %s", [like],
    )  # fmt: skip
    account.doubles["invitation jobs"] = _repeated(jobs)


def _registrations(load: Load, ask: Ask, account: Account) -> None:
    rows = _states(load, ask)
    back = set(load.acknowledged["mail"])
    kept = set(load.acknowledged["register"]) - load.asked_back
    state = {number: rows.get(load.made["addresses"][number], ("",))[0] for number in kept | back}
    account.lost["register"] = sum(state[number] != "registered" for number in kept)
    account.lost["mail"] = sum(state[number] != "cancelled" for number in back)
    facts = ask(
        "SELECT kind, body ->> 'registration_id' FROM events_factrow"
        " WHERE kind IN ('Registered', 'RegistrationCancelled')"
    )
    account.doubles["facts"] = _repeated(facts)


def _states(load: Load, ask: Ask) -> dict[str, tuple[str, int]]:
    rows = ask(
        "SELECT p.email, r.state, r.id FROM events_registration r"
        " JOIN events_person p ON p.id = r.person_id WHERE r.event_id = %s", [load.made["event"]],
    )  # fmt: skip
    return {address: (state, row) for address, state, row in rows}


def _lists(load: Load, ask: Ask, account: Account) -> None:
    rows = ask(
        "SELECT event_id, person_id FROM attendance_sightingrow"
        " WHERE source = 'paper' AND withdrawn_at IS NULL AND event_id = ANY(%s)",
        [list(load.acknowledged["attest"])],
    )
    people = dict(load.made["past"])
    there = Counter(event for event, _ in set(rows))
    short = [event for event in load.acknowledged["attest"] if there[event] != len(people[event])]
    account.lost["attest"] = len(short)
    account.doubles["sightings"] = _repeated(rows)


def _certificates(load: Load, ask: Ask, account: Account) -> None:
    closed = list(load.acknowledged["issue"])
    rows = ask(
        "SELECT event_id, person_id, id FROM attendance_certificate"
        " WHERE state = 'issued' AND event_id = ANY(%s)", [closed],
    )  # fmt: skip
    people = dict(load.made["past"])
    there = Counter(event for event, _, _ in rows)
    account.lost["issue"] = sum(there[event] < len(people[event]) for event in closed)
    account.doubles["certificates"] = _repeated((event, person) for event, person, _ in rows)
    entries = ask("SELECT certificate_id, kind, scheme_version_id FROM attendance_entry")
    account.doubles["ledger entries"] = _repeated(entries)


def _batches(load: Load, ask: Ask, account: Account) -> None:
    ready = ask("SELECT id FROM attendance_batch WHERE state = 'ready'")
    given = {int(batch) for batch in load.acknowledged["export"].values()}
    account.lost["export"] = len(given - {batch for (batch,) in ready})
    lines = ask("SELECT batch_id, certificate_id FROM attendance_batchline")
    account.doubles["lines of batches"] = _repeated(lines)


def _receipts(
    load: Load, ask: Ask, account: Account, mails: dict[tuple[str, str], list[str]]
) -> None:
    """Everybody with a place was told so, and everybody who gave it back, by one mail each."""
    letters = ask(
        "SELECT to_address, kind, state, message_id FROM events_letter WHERE event_id = %s",
        [load.made["event"]],
    )
    account.letters = len(letters)
    arrived = {one for ids in mails.values() for one in ids}
    sent = {(to, kind) for to, kind, state, name in letters if state == "sent" and name in arrived}
    back = set(load.acknowledged["mail"])
    address = load.made["addresses"]
    here = set(load.acknowledged["register"]) - load.asked_back
    missing = [number for number in here if (address[number], "receipt") not in sent]
    missing += [number for number in back if (address[number], "given-back") not in sent]
    account.lost["letters"] = len(missing)
    account.doubles["letters"] = _repeated((to, kind) for to, kind, _, _ in letters)


def _mails(load: Load) -> dict[tuple[str, str], list[str]]:
    """Message-IDs in the mailbox by purpose: the same words to the same person."""
    found = defaultdict(list)
    for file in (load.stack.data / "mailbox").glob("*.eml"):
        head = email.message_from_bytes(
            file.read_bytes().partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=email.policy.default
        )
        purpose = (str(head["X-Envelope-To"]), str(head["Subject"]))
        found[purpose].append(str(head["Message-ID"]).strip())
    return found
