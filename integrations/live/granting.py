"""Which permission of the provider's guide a step needs, by the names that providers give them."""

NEEDS_RIGHT = frozenset({"scope_missing", "policy_missing", "forbidden", "consent_revoked"})
GOOGLE = {
    "token": "every scope of the guide", "calendar": "calendar.events", "events": "calendar.events",
    "make": "calendar.events", "conference": "calendar.calendars.readonly",
    "meeting": "calendar.events", "busy": "calendar.freebusy", "meet": "meetings.space.readonly",
    "drive": "drive.meet.readonly", "attendance": "meetings.space.readonly",
    "recordings": "meetings.space.readonly and drive.meet.readonly",
}  # fmt: skip
MICROSOFT = {
    "token": "admin consent for the app", "calendar": "Calendars.ReadWrite",
    "write": "Calendars.ReadWrite", "make": "Calendars.ReadWrite",
    "meeting": "Calendars.ReadWrite", "busy": "Calendars.ReadWrite",
    "meetings_allowed": "Calendars.ReadWrite", "meetings": "OnlineMeetings.Read.All",
    "attendance": "OnlineMeetingArtifact.Read.All",
    "recordings": "OnlineMeetingRecording.Read.All",
    "transcripts": "OnlineMeetingTranscript.Read.All",
}  # fmt: skip
RIGHTS = {"google": GOOGLE, "microsoft": MICROSOFT}
POLICY = "Grant the application access policy of the guide."


def right(provider: str, name: str, code: str) -> str:
    """A sentence that names what to grant for a step that was refused; empty where none is known."""
    if code not in NEEDS_RIGHT:
        return ""
    if code == "policy_missing":
        return POLICY
    found = RIGHTS.get(provider, {}).get(name, "")
    return f"Permission: {found}." if found else ""
