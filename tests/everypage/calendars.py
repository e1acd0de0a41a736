"""Connected calendars of the looked-at place: entries in each state, and each kind of question."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from events.backstage.commands import record
from events.programme import queries
from integrations.accounts.models import Account
from integrations.sync.facts import QuestionArose
from integrations.sync.models import Link, Question
from tests.matrix.places import NOW, Place


@dataclass(frozen=True)
class Kept:
    """The entry of one of the place's events."""

    event: str
    state: str = "ok"
    meeting: str = "none"
    question: str = ""
    account: str = "fine"
    failures: int = 0


# Words of pages are looked at with these; where two stand for one event, the last one counts.
ENTRIES = (
    Kept("coming", "question", "ready", question="moved"),
    Kept("running", "question", "failed", question="changed"),
    Kept("ended", "pending", "pending", failures=2),
    Kept("closed", "failed"),
    Kept("draft", "detached"),
    Kept("fresh", "question", question="removed"),
    Kept("series", "pending", account="reconnect"),
)


def keep(place: Place) -> None:
    """Accounts that serve nobody's events here, so that nothing is called; rows as rounds leave them."""
    for kept in ENTRIES:
        account, _new = Account.objects.get_or_create(
            provider="google", scope="person", scope_id=place.teacher.pk,
            calendar=f"{kept.account}@example.org",
            defaults={
                "name": "Calendar of 2026", "state": kept.account, "added_by": place.teacher,
                "added_at": NOW,
            },
        )  # fmt: skip
        part = queries.parts_of(place.events[kept.event].pk)[0]
        # The matrix has an entry of its own at one of these parts.
        Question.objects.filter(link__part_id=part.pk).delete()
        Link.objects.filter(part_id=part.pk).delete()
        link = Link.objects.create(
            part_id=part.pk, account=account, key=f"{part.pk:032x}", made_at=NOW,
            state=kept.state, meeting_state=kept.meeting, failures=kept.failures,
            seen_starts_at=part.starts_at, seen_ends_at=part.ends_at,
        )  # fmt: skip
        if kept.question:
            _ask(link, kept.question, part)


def _ask(link: Link, kind: str, part: object) -> None:
    there = {"found_starts_at": part.starts_at, "found_ends_at": part.ends_at}
    if kind == "moved":
        there = {name: moment + timedelta(hours=1) for name, moment in there.items()}
    values = {} if kind == "removed" else {**there, "found_title": "Open doors"}
    question = Question.objects.create(link=link, kind=kind, asked_at=NOW, **values)
    with transaction.atomic():
        record(QuestionArose(question_id=question.pk), at=NOW)
