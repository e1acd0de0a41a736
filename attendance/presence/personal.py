"""What presence keeps about a person, for the person."""

from django.db.models import F

from attendance.presence.models import Excuse, RemotePerson, SightingRow, VerdictRow


def of_person(person_id: int) -> dict[str, object]:
    """When and where the person was seen, what was counted from it, and accounts known as theirs."""
    seen = SightingRow.objects.filter(person_id=person_id).order_by("starts_at", "pk")
    verdicts = VerdictRow.objects.filter(person_id=person_id).order_by("judged_at", "pk")
    return {
        "seen": [
            dict(row)
            for row in seen.values(
                "mode", "evidence", "source", "starts_at", "ends_at", title=F("event__title")
            )
        ],
        "video_accounts": [
            dict(row)
            for row in RemotePerson.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("provider", "account", "at")
        ],
        "excuses": [
            dict(row)
            for row in Excuse.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("reason", "recorded_at", "withdrawn_at", title=F("event__title"))
        ],
        "verdicts": [
            dict(row)
            for row in verdicts.values(
                "version", "current", "status", "minutes_counted", "minutes_planned", "percent",
                "rule_version", "reasons", "judged_at", title=F("event__title"),
            )
        ],
    }  # fmt: skip
