"""What is kept about a person who watches, for the person."""

from django.db.models import F

from recordings.watched.models import WatchBeat, WatchClock, Watched


def of_person(person_id: int) -> dict[str, object]:
    """Which parts of which recordings were played, up to where, and the beats still kept."""
    rows = Watched.objects.filter(person_id=person_id).order_by("pk")
    beats = WatchBeat.objects.filter(session__person_id=person_id).order_by("pk")
    clock = WatchClock.objects.filter(person_id=person_id).values_list("used", flat=True)
    return {
        "watched": [
            dict(row)
            for row in rows.values(
                "ranges", "counted", "late", "pos_ms", "last_at", title=F("recording__title")
            )
        ],
        "used_time": list(clock.first() or ()),
        "beats": [
            dict(row)
            for row in beats.values(
                "body", "accepted_ms", "too_much_ms", "received_at",
                title=F("session__recording__title"),
            )
        ],
    }  # fmt: skip
