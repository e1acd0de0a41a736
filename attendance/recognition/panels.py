"""What recognition shows on pages of rooms further in: who sees one's hours."""

from collections.abc import Mapping
from datetime import datetime

from attendance.recognition import readers
from events.kernel.actors import Actor
from events.kernel.contributions import Panel


def who_sees(actor: Actor, ids: Mapping[str, int], *, at: datetime) -> Panel | None:
    """Who may read the reader's own attendance and certificates; of other people nothing is said."""
    person_id = ids["person_id"]
    if actor.person_id != person_id:
        return None
    found = readers.of_person(person_id, at=at)
    return Panel("recognition/who_sees.html", found) if found else None
