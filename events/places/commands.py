"""Keep the venues events name."""

from datetime import datetime

from django.db import transaction

from events.networks.models import School
from events.places.models import Venue


@transaction.atomic
def set_venue(
    *, school_id: int | None, name: str, at: datetime, room: str = "", address: str = "",
    access: str = "", places: int | None = None,
) -> Venue:  # fmt: skip
    """The venue told in exactly these words, made when new: other words are another venue.

    Venues are shared by events, so none is ever changed under an event that names it.
    """
    told = {
        "school": School.objects.get(pk=school_id) if school_id else None,
        "name": name.strip(), "room": room.strip(), "address": address.strip(),
        "access": access.strip(),
    }  # fmt: skip
    found = Venue.objects.filter(**told).order_by("pk").first()
    return found or Venue.objects.create(**told, places=places, created_at=at)
