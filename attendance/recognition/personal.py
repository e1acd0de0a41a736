"""What recognition keeps about a person, for the person."""

from django.db.models import F

from attendance.recognition.models import Entry


def of_person(person_id: int) -> list[dict[str, object]]:
    """The ledger of the person's hours."""
    rows = Entry.objects.filter(person_id=person_id).order_by("pk")
    return [
        dict(row)
        for row in rows.values(
            "kind", "minutes", "hours", "occurred_on", "booked_at", "reasons",
            certificate_number=F("certificate__number"),
        )
    ]  # fmt: skip
