"""What certificates keep about a person, for the person."""

from attendance.certificates.models import Certificate


def of_person(person_id: int) -> list[dict[str, object]]:
    """Every certificate with its facts, withdrawn ones too."""
    rows = Certificate.objects.filter(person_id=person_id).order_by("issued_at", "pk")
    return [
        dict(row)
        for row in rows.values(
            "number", "state", "issued_at", "ended_at", "end_reason", "end_note", "facts"
        )
    ]
