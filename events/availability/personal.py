"""What is kept of a person's busy times, for the person."""

from events.availability.models import BusyConsent


def of_person(person_id: int) -> list[dict[str, object]]:
    """Every yes with its dates, also those taken back, and the times that are kept."""
    rows = BusyConsent.objects.filter(person_id=person_id).prefetch_related("times").order_by("pk")
    return [
        {
            "calendar": row.source_name, "version": row.version, "given_at": row.given_at,
            "withdrawn_at": row.withdrawn_at, "fetched_at": row.fetched_at,
            "busy": [
                {"starts_at": time.starts_at, "ends_at": time.ends_at} for time in row.times.all()
            ],
        }
        for row in rows
    ]  # fmt: skip
