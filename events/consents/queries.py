"""What people have answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, OuterRef, QuerySet, Subquery, When

from events.consents.models import Consent


@dataclass(frozen=True)
class Asked:
    """What is asked: a purpose, a thing or a piece of it (`about`), and the version of the text."""

    purpose: str
    thing: str
    thing_id: int
    version: str
    about: str = ""


def recording_of(event_id: int, about: str = "") -> Asked:
    """To be seen and heard in the recording of an event, or of one talk of it (by its title)."""
    return Asked("recording", "event", event_id, RECORDING_VERSION, about)


# Rises whenever the sentence people agree to changes its meaning; then they are asked again.
RECORDING_VERSION = "2026-11"


def answer_of(asked: Asked, person_id: int) -> Consent | None:
    """The person's last answer, whatever version it was given to."""
    return _about(asked).filter(person_id=person_id).order_by("-pk").first()


def word_of_each(asked: Asked) -> Subquery:
    """What `agrees` says of a whole thing, for the person of the row around it (its `pk`)."""
    read = Case(
        When(yes=False, then=False), When(version=asked.version, then=True),
        default=None, output_field=BooleanField(null=True),
    )  # fmt: skip
    last = _about(asked).filter(person_id=OuterRef("pk")).order_by("-pk")
    return Subquery(last.annotate(word=read).values("word")[:1])


def answers_to(asked: Asked, person_ids: Iterable[int]) -> dict[tuple[int, str], Consent]:
    """Last answers of several people to a thing and all its pieces, by person and piece."""
    rows = Consent.objects.filter(
        purpose=asked.purpose, thing=asked.thing, thing_id=asked.thing_id,
        person_id__in=list(person_ids),
    )  # fmt: skip
    return {(row.person_id, row.about): row for row in rows.order_by("pk")}


def agrees(asked: Asked, person_id: int) -> bool | None:
    """Yes or no as far as it was said to this version; None: to be asked.

    What was said of a piece goes before what was said of the whole thing. A no holds whatever the
    version, for nobody has to refuse twice.
    """
    row = deciding(asked, person_id)
    return row.yes if row else None


def deciding(asked: Asked, person_id: int) -> Consent | None:
    """The answer that `agrees` goes by."""
    return deciding_of(answers_to(asked, [person_id]), asked, person_id)


def deciding_of(
    answers: Mapping[tuple[int, str], Consent], asked: Asked, person_id: int
) -> Consent | None:
    """The same out of what `answers_to` found, for several people and pieces at once."""
    rows = (answers.get((person_id, about)) for about in (asked.about, ""))
    return next(
        (row for row in rows if row and (not row.yes or row.version == asked.version)), None
    )


def said_no(asked: Asked, person_id: int) -> bool:
    """Whether the last answer the person gave with their own hand, if any, to this or the whole is no."""
    own = Consent.objects.filter(
        purpose=asked.purpose, thing=asked.thing, thing_id=asked.thing_id, person_id=person_id,
        about__in={asked.about, ""},
    ).exclude(where=Consent.Where.NOTED)  # fmt: skip
    rows = {row.about: row.yes for row in own.order_by("pk")}
    return rows.get(asked.about, rows.get("")) is False


def refusals(asked: Asked, *, since: datetime) -> list[Consent]:
    """Noes that are in force about a thing, said from an instant on, and about its pieces whenever.

    A first no at an entrance is none of them: whoever said it was not recorded.
    """
    found: dict[tuple[int, str], Consent] = {}
    agreed: set[tuple[int, str]] = set()
    rows = Consent.objects.filter(purpose=asked.purpose, thing=asked.thing, thing_id=asked.thing_id)
    for row in rows.order_by("pk"):
        found[row.person_id, row.about] = row
        if row.yes:
            agreed.add((row.person_id, row.about))
    told = {Consent.Where.PAGE, Consent.Where.NOTED}
    return [
        row for key, row in found.items()
        if not row.yes and (row.about or row.at >= since) and (row.where in told or key in agreed)
    ]  # fmt: skip


def refused_things(purpose: str, thing: str) -> "QuerySet[Consent, int]":
    """Ids of the things about which anybody ever said no, as a subquery."""
    rows = Consent.objects.filter(purpose=purpose, thing=thing, yes=False)
    return rows.order_by().values_list("thing_id", flat=True)


def of_person(person_id: int) -> QuerySet[Consent]:
    """Everything a person answered, oldest first."""
    return Consent.objects.filter(person_id=person_id).order_by("pk")


def _about(asked: Asked) -> "QuerySet[Consent]":
    return Consent.objects.filter(
        purpose=asked.purpose, thing=asked.thing, thing_id=asked.thing_id, about=asked.about
    )
