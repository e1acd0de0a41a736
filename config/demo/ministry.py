"""Terms, frozen batches for ministries, and corrections that came after them."""

from datetime import datetime, timedelta

from attendance.certificates import commands as certificates
from attendance.certificates import queries as issued
from attendance.exports import commands as exports
from config.demo.events import Stage
from config.demo.network import BY
from config.demo.story import follow
from events.networks import commands as networks

# First and last day of the past term and the present one, from the day of loading.
PAST, PRESENT = (-255, -101), (-100, 85)
FROZEN_BY = frozenset({"HR", "PT"})
FROZEN, CORRECTED = timedelta(days=40), timedelta(days=20)


def add(stage: Stage) -> None:
    """Give a country its two terms; two ministries froze the past one."""
    terms = [_term(stage, span) for span in (PAST, PRESENT)]
    if stage.realm.land.code not in FROZEN_BY:
        return
    officer = stage.network.actor(stage.realm.officer)

    def freeze(at: datetime) -> None:
        follow(at)
        exports.freeze(term_id=terms[0], by=officer, at=at)
        follow(at)

    stage.story.at(stage.network.at - FROZEN, freeze)
    stage.story.at(stage.network.at - CORRECTED, lambda at: _correct(stage, at))


def _term(stage: Stage, span: tuple[int, int]) -> int:
    first, last = (stage.day + timedelta(days=days) for days in span)
    name = f"{first:%m/%Y}–{last:%m/%Y}"
    at = stage.network.at - timedelta(days=400)
    term = networks.add_term(
        country_id=stage.realm.country_id, name=name, starts_on=first, ends_on=last, by=BY, at=at
    )
    return term.pk


def _correct(stage: Stage, at: datetime) -> None:
    """One certificate is withdrawn, one replaced: the next batch will say so."""
    for happening in stage.happenings:
        rows = list(issued.of_event(happening.event.pk).values()) if happening.event else []
        if len(rows) > 1 and happening.idea.offset < PAST[1]:
            first, second = sorted(rows, key=lambda row: row.pk)[:2]
            reason = "issued_in_error"
            certificates.revoke(first.number, reason=reason, note="", by=happening.by, at=at)
            certificates.reissue(
                second.number, reason="name_corrected", note="", by=happening.by, at=at
            )
            break
    follow(at)
