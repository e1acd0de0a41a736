"""Deeds in the order in which they happened, and what followed from them."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from attendance.certificates.facts import CertificateIssued
from attendance.recognition import commands as recognition
from events.backstage import past
from events.kernel.actors import system

Deed = Callable[[datetime], None]

TOLD = frozenset({
    "attendance.certificates.handlers.tell_ended",
    "attendance.certificates.handlers.tell_ready",
    "attendance.certificates.handlers.tell_short",
    "attendance.presence.handlers.ask_again",
    "attendance.presence.handlers.ask_for_a_look",
    "events.registration.handlers.confirm_place",
    "events.registration.handlers.confirm_return",
    "events.registration.handlers.confirm_wait",
    "events.registration.handlers.invite_audience",
    "events.registration.handlers.tell_cancellation",
    "events.registration.handlers.tell_change",
    "events.reminders.handlers.remind",
})  # fmt: skip
"""Reactions that write letters. Of long ago nobody wants them in the mailbox."""


def _award(facts: Sequence[CertificateIssued], at: datetime) -> None:
    ids = [fact.certificate_id for fact in facts]
    recognition.award_all(ids, by=system("recognition"), at=at)


MANNER = past.Manner(
    told=TOLD,
    together={"attendance.recognition.handlers.award": _award},
)


@dataclass
class Story:
    """Deeds waiting for their instant; a deed may add later ones."""

    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def at(self, instant: datetime, deed: Deed) -> None:
        """Let something be done at an instant."""
        heapq.heappush(self.deeds, (instant, next(self._order), deed))

    def tell(self, *, until: datetime, progress: Callable[[float], None]) -> None:
        """Do everything up to an instant, in order; later deeds are left out."""
        total = len(self.deeds)
        while self.deeds and self.deeds[0][0] <= until:
            instant, _, deed = heapq.heappop(self.deeds)
            deed(instant)
            progress(1 - len(self.deeds) / max(total, len(self.deeds)))


def follow(at: datetime) -> None:
    """What follows from the deeds so far, at its own instants."""
    past.deliver(upto=at, manner=MANNER)
