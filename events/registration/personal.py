"""What registration keeps about a person, for the person."""

from django.db.models import F, Value

from events.registration.models import RecordingWish, Registration


def of_person(person_id: int) -> list[dict[str, object]]:
    """Every place the person has, waits for, or gave back, and every recording asked for."""
    rows = Registration.objects.filter(person_id=person_id).order_by("event__starts_at", "pk")
    places = rows.values(
        "way", "state", "walk_in", "registered_at", "changed_at",
        title=F("event__title"), slug=F("event__slug"), starts_at=F("event__starts_at"),
    )  # fmt: skip
    wishes = RecordingWish.objects.filter(person_id=person_id).order_by("event__starts_at", "pk")
    asked = wishes.values(
        "asked_at", "ended_at", way=Value("recording"),
        title=F("event__title"), slug=F("event__slug"), starts_at=F("event__starts_at"),
    )  # fmt: skip
    return [dict(row) for rows in (places, asked) for row in rows]
