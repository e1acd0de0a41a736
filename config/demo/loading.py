"""Loads the demo network into an empty database, in one transaction."""

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import connection, transaction

from config.demo import (
    cascades,
    communities,
    ideas,
    latest,
    meetings,
    ministry,
    national,
    network,
    simulated,
)
from config.demo.events import QUIET, Stage
from config.demo.lands import LANDS, MENSI
from config.demo.network import Network
from config.demo.story import Story, follow
from events.backstage import bell
from events.backstage import commands as backstage
from events.kernel import chance
from events.networks.setup import commands as setup
from events.people import queries as people

SEED = "kolega"
SELDOM = 70_000  # new objects between two searches for circles; 700 by default
WITHOUT_LIMITS = (
    "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
    "SET LOCAL idle_in_transaction_session_timeout = 0"
)
Progress = Callable[[float], None]


def is_empty() -> bool:
    """Whether there is nobody yet, so that nothing of anybody's can be touched."""
    return not people.anybody()


def open_doors(*, day: date) -> None:
    """Let pages open while nothing is there yet, instead of leading to the first run."""
    at = datetime.combine(day, time.min, UTC)
    languages = [code for code, _ in settings.LANGUAGES]
    setup.save_service(
        languages=languages, sender_address="", zone="Europe/Brussels", by=network.BY, at=at
    )
    setup.open_service(by=network.BY, at=at)


def load(*, day: date, seed: str = SEED, progress: Progress = lambda _: None) -> Network:
    """Load everything as it stands at the beginning of `day` in UTC; all of it, or nothing.

    The same day and seed write the same rows. Mails of the last days wait to be sent.
    """
    at = datetime.combine(day, time.min, UTC)
    name = f"{seed} {day.isoformat()}"
    with (
        bell.hushed(),
        chance.seeded(name),
        _seldom_tidied(),
        _one_transaction(),
        backstage.gathering(),
    ):
        return _tell(random.Random(name), day=day, at=at, progress=progress)  # noqa: S311


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Look for circles in memory a hundred times less often; the command ends anyway."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def _one_transaction() -> Iterator[None]:
    """All of it or nothing: no limits meant for pages, and no way back within (a fifth faster)."""
    before = connection.features.uses_savepoints
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            with connection.cursor() as cursor:
                cursor.execute(WITHOUT_LIMITS)
            yield
        finally:
            connection.features.uses_savepoints = before


def _tell(source: random.Random, *, day: date, at: datetime, progress: Progress) -> Network:
    setup.load_first_run()
    built = network.build(source, at=at)
    communities.gather(built)
    story = Story()
    stages: dict[str, Stage] = {}
    for land in LANDS:
        stage = Stage(built, built.realms[land.code], story, source, day)
        if land in MENSI:
            for idea in ideas.of_year(stage.realm, source):
                stage.add(idea)
        else:
            cascades.add(stage)
        national.add(stage)
        meetings.add(stage)
        ministry.add(stage)
        stages[land.code] = stage
    with simulated.telling(stages, at=at) as teller:
        teller.plan()
        story.tell(until=at - QUIET, progress=progress)
        follow(at - QUIET)
        teller.connect(at - QUIET)
        latest.tell(stages)
        teller.fetch(at)
        follow(at)
    return built
