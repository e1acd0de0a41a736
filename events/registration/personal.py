"""What registration keeps about a person, for the person."""

from django.db.models import F

from events.registration.models import Registration


def of_person(person_id: int) -> list[dict[str, object]]:
    """Every place the person has, waits for, or gave back."""
    rows = Registration.objects.filter(person_id=person_id).order_by("event__starts_at", "pk")
    return [
        dict(row)
        for row in rows.values(
            "way", "state", "walk_in", "registered_at", "changed_at",
            title=F("event__title"), slug=F("event__slug"), starts_at=F("event__starts_at"),
        )
    ]  # fmt: skip
