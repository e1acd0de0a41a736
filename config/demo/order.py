"""Running orders with titles and presenters."""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from config.demo.ideas import Idea
from config.demo.lands import Land, words
from events.programme.plans import new_slot

if TYPE_CHECKING:
    from events.people.models import Person
    from events.programme.models import Slot

# Form, minutes; talks are given away in order, and one stays open for somebody who dares.
SHAPES: dict[str, tuple[tuple[str, int], ...]] = {
    "teachmeet": (
        ("break", 15), ("talk", 7), ("talk", 7), ("talk", 2), ("talk", 7), ("talk", 7),
        ("break", 30), ("talk", 7), ("talk", 2), ("table", 45),
    ),
    "webinar": (("talk", 25), ("talk", 20), ("table", 15)),
    "lecture": (("talk", 50), ("table", 40)),
    "conference": (
        ("break", 30), ("talk", 60), ("break", 30), ("talk", 90), ("break", 60), ("talk", 90),
        ("table", 120),
    ),
    "course-module": (("talk", 30), ("table", 30), ("talk", 30)),
}  # fmt: skip


def slots_of(
    idea: Idea, land: Land, presenters: "Sequence[Person]", source: random.Random
) -> "list[Slot]":
    """The slots of an event as far as its time goes, or none for kinds without a running order."""
    titles = source.sample(words(land.talks), k=min(len(words(land.talks)), 8))
    given = iter(zip(titles, presenters, strict=False))
    found = []
    left = idea.minutes
    for form, minutes in SHAPES.get(idea.kind, ()):
        left -= minutes
        if left < 0:
            break
        title, presenter = next(given, ("", None)) if form == "talk" else ("", None)
        found.append(
            new_slot(
                form=form, minutes=minutes, title=title,
                presenter_id=presenter.pk if presenter else None,
            )
        )  # fmt: skip
    return found
