"""From a join link that is an address of ours to the way on."""

from datetime import datetime

from django.urls import reverse

from events.backstage import addresses
from integrations.meet import tickets


def standing(part_id: int) -> str:
    """The join link of a part that meets at a server of ours; it stays the same."""
    return addresses.absolute(reverse("meet_part", args=[part_id]))


def onward(*, part_id: int, person_id: int, at: datetime) -> str:
    """The path with a fresh ticket; nobody outside is asked for it (`WAYS_IN`)."""
    del at
    return reverse("meet", args=[tickets.issue(part_id=part_id, person_id=person_id)])
