"""Deeds in the order in which they happened, and what followed from them."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from attendance.certificates.facts import CertificateIssued
from attendance.recognition import commands as recognition
from events.backstage import past, reactions
from events.kernel.actors import system

Deed = Callable[[datetime], None]

ASKING = "ask_"
TELLING = ("tell_", "confirm", "invite_", "remind", ASKING)
"""How the names of reactions begin that write letters; of long ago nobody wants those."""
LETTERS = frozenset({"events.backstage.post.deliver"})


def _award(facts: Sequence[CertificateIssued], at: datetime) -> None:
    ids = [fact.certificate_id for fact in facts]
    recognition.award_all(ids, by=system("recognition"), at=at)


def _manner(quiet: tuple[str, ...]) -> past.Manner:
    handlers = {handler for _, handler in reactions.by_handler()}
    tells = {one for one in handlers if one.rpartition(".")[2].startswith(quiet)} if quiet else ()
    together = {"attendance.recognition.handlers.award": _award}
    return past.Manner(told=tells, left=LETTERS, together=together)


@dataclass
class Story:
    """Deeds waiting for their instant; a deed may add later ones."""

    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    last: dict[date, datetime] = field(default_factory=dict)
    _order: "count[int]" = field(default_factory=count)

    def at(self, instant: datetime, deed: Deed) -> None:
        """Let something be done at an instant."""
        heapq.heappush(self.deeds, (instant, next(self._order), deed))

    def at_and_follow(self, instant: datetime, deed: Deed) -> None:
        """The same for a deed that much follows from: it does after the last of these of its day."""
        self.at(instant, deed)
        day = instant.date()
        self.last[day] = max(instant, self.last.get(day, instant))

    def tell(self, *, until: datetime, progress: Callable[[float], None]) -> None:
        """Do everything up to an instant, in order; later deeds are left out."""
        total, told = len(self.deeds), 0
        while self.deeds and self.deeds[0][0] <= until:
            instant, _, deed = heapq.heappop(self.deeds)
            deed(instant)
            if self.last.get(instant.date()) == instant:
                follow(instant)
            share = 1 - len(self.deeds) / max(total, len(self.deeds))
            if int(share * 100) > told:
                told = int(share * 100)
                progress(share)


def follow(at: datetime) -> None:
    """What follows from the deeds so far, at its own instants, without a letter."""
    past.deliver(upto=at, manner=_manner(TELLING))


def follow_with_questions(at: datetime) -> None:
    """The same, and organisers are asked for a look at the attendance."""
    past.deliver(upto=at, manner=_manner(tuple(one for one in TELLING if one != ASKING)))


def follow_with_letters(at: datetime) -> None:
    """The same, and people are told; their letters wait to be sent."""
    past.deliver(upto=at, manner=_manner(()))
