"""Calendar entries to write in tests: a TeachMeet in Zagreb, and whatever is said to differ."""

from datetime import UTC, datetime

from events.invitations.parts import CalendarPart

CHANGED = datetime(2026, 9, 20, 8, 15, tzinfo=UTC)
STAMP = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
ONE = {"attendee_name": "Ana Anić", "attendee_address": "ana@example.org", "stamp": STAMP}


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def part(**different) -> CalendarPart:
    values = {
        "uid": "0d2f9a3e@kolega.example.org",
        "sequence": 0,
        "summary": "TeachMeet: učenje s robotima",
        "description": "Ponesite znatiželju; bilježnicu, olovku.\nKava čeka.",
        "start_local": wall("2026-10-24 10:00"),
        "end_local": wall("2026-10-24 12:30"),
        "zone": "Europe/Zagreb",
        "location": "OŠ Primjer, Zagreb",
        "url": "https://kolega.example.org/e/7",
        "join_url": "",
        "organizer_name": "Kolega",
        "organizer_address": "kolega@example.org",
        "status": "CONFIRMED",
        "created_at": datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
        "changed_at": CHANGED,
        "language": "hr",
        "alarm_minutes": 30,
    }
    return CalendarPart(**(values | different))
