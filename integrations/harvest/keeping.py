"""What the board says of a recording that lies at a service or was fetched from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.harvest import handing, rules, words
from integrations.harvest.models import HarvestRow, RecordingFetch
from recordings.arrivals import commands as arrivals
from recordings.arrivals import parcels

State = RecordingFetch.State
OURS = {
    one.code: one.sentence
    for one in (arrivals.QuotaReached, arrivals.TooLarge, parcels.NoRoom, handing.RemovedHere)
}
NOTHING = gettext_lazy("There is no film or sound that could be fetched.")
NOT_ALLOWED = gettext_lazy("The account may not download recordings.")
REASONS = {
    "no_file": NOTHING, arrivals.WrongFile.code: NOTHING, "scope_missing": NOT_ALLOWED,
    "policy_missing": NOT_ALLOWED, "forbidden": NOT_ALLOWED,
    "checksum_wrong": gettext_lazy("It arrived damaged three times. Try later, or upload the file."),
    "size_wrong": gettext_lazy("It is not as long as the service says."),
    "gone": gettext_lazy("The service has deleted it."),
    "address_refused": gettext_lazy("The file lies inside a private network."),
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """One recording. `look`: there, coming, waits, done, refused or gone.

    `page` is where people can look at it over there, `slug` names the recording here for who runs the event. `percent` is
    None where nobody knows how much there is. `changed`: it is no longer the file that was fetched.
    `until` is when its service may delete it, where that is known.
    """

    held_id: int
    look: str
    page: str
    slug: str
    percent: int | None
    reason: str
    may_fetch: bool
    changed: bool
    until: datetime | None


def kept(one: Mapping[str, Any], row: HarvestRow, *, may_fetch: bool) -> Kept:
    """One of `queries.HELD` for whoever looks; `may_fetch` where that is who runs the event."""
    look = _look(one)
    changed = look == "done" and bool(one["fetched"] and one["checksum"])
    return Kept(
        held_id=one["id"], look=look, slug=(one["slug"] or "") if may_fetch else "",
        page=one["url"] if row.account.provider in words.PAGES else "",
        percent=one["loaded"] * 100 // one["size"] if one["size"] else None,
        reason=reason(one["error"] or ""),
        may_fetch=may_fetch and bool(one["downloads"]) and look in {"there", "refused"},
        changed=changed and one["fetched"] != one["checksum"],
        until=rules.kept_until(row.account.provider, row.part.ends_at),
    )  # fmt: skip


def _look(one: Mapping[str, Any]) -> str:
    if one["fetch"] is None:
        return "there"
    if one["fetch"] == State.COMING:
        return "waits" if one["error"] else "coming"
    return str(one["fetch"])


def reason(code: str) -> str:
    """What stands in the way of fetching, as a sentence."""
    if code in OURS:
        return _(OURS[code]) % {"most": settings.RECORDING_MAX_BYTES // arrivals.GIGABYTE}
    return str(REASONS.get(code, _("The service does not answer as it should.")))
