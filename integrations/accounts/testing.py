"""The self-test of an account: started by a person, carried out as a job, kept line by line."""

from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from events.backstage import jobs
from events.backstage.commands import audit
from events.kernel.actors import Actor
from integrations.accounts import health, policies, queries, rules, simulated, words
from integrations.accounts.models import Account
from integrations.ports import Denied, Finding, Trouble

if TYPE_CHECKING:
    from events.backstage.models import Job

KIND = "connection_test"


class Line(TypedDict):
    """One line of the last self-test as it is kept; `since` says how long it has been so."""

    what: str
    went: bool
    code: str
    said: str
    since: str


def key_of(account_id: int) -> str:
    """Names the self-tests of an account, and no other's."""
    return f"{account_id}:"


def start(account_id: int, *, by: Actor, at: datetime) -> "Job":
    """Start the self-test of an account, or give back the one that runs.

    Raises NotAllowed or Missing.
    """
    row = queries.account(account_id)
    policies.require_may_manage(by, queries.ground(row.scope, row.scope_id))
    params: dict[str, object] = {
        "account_id": row.pk, "place": reverse("connection", args=[row.pk]),
    }  # fmt: skip
    job = jobs.start(KIND, key=key_of(row.pk), params=params, by=by, at=at, total=None)
    audit("account_tested", by=by, at=at, thing="account", thing_id=row.pk)
    return job


def findings_of(account: Account) -> list[Finding]:
    """Ask the provider, with no transaction open. One that cannot test itself finds nothing."""
    try:
        check = getattr(queries.adapter_of(account), "check", None)
        found = list(check.check()) if check is not None else []
    except Trouble as trouble:
        return [Finding("sign_in", went=False, code=trouble.code, said=trouble.said)]
    # Simulators stand on this machine, so they reach us wherever we are.
    asked = account.provider in rules.TELL_US and not simulated.is_marked(account.options)
    return [*found, *([_our_address()] if asked else [])]


def _our_address() -> Finding:
    """Whether a provider can tell us anything: our own address is one of the internet."""
    where = urlsplit(settings.BASE_URL)
    try:
        inside = not ip_address(where.hostname or "").is_global
    except ValueError:
        inside = "." not in (where.hostname or "")
    went = where.scheme == "https" and not inside
    return Finding("address", went=went, code="" if went else "address_private")


def keep(account_id: int, findings: Sequence[Finding], *, at: datetime) -> None:
    """Keep the lines of a self-test and note what they mean for the account."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account_id)
        row.findings = [_line(finding, row.findings, at=at) for finding in findings]
        row.checked_at = at
        row.save(update_fields=["findings", "checked_at"])
    needed = [one for one in findings if rules.is_needed(one.what, meets=row.makes_meetings)]
    bad = next((one for one in needed if not one.went), None)
    if bad is not None and bad.code in words.TROUBLES:
        health.note_trouble(account_id, Denied(bad.code, bad.said), at=at)
    elif bad is None and needed:
        health.note_good(account_id, at=at, synced=False)


def _line(finding: Finding, before: Sequence[Line], *, at: datetime) -> Line:
    code, said = finding.code[:40], " ".join(finding.said.split())[:300]
    same = (
        one["since"]
        for one in before
        if (one["what"], one["went"], one["code"]) == (finding.what, finding.went, code)
    )
    since = next(same, at.isoformat())
    return Line(what=finding.what, went=finding.went, code=code, said=said, since=since)
