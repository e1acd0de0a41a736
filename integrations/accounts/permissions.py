"""What has to be granted at a provider, exactly; shown in the guides, held against the providers by tests."""

_GOOGLE = "https://www.googleapis.com/auth/"

# Each purpose asks for a token of its own, so a scope that is missing breaks only its purpose.
GOOGLE = tuple(
    f"{_GOOGLE}{name}"
    for name in (
        "calendar.events", "calendar.calendars.readonly", "calendar.freebusy",
        "meetings.space.readonly", "drive.meet.readonly",
    )
)  # fmt: skip
MICROSOFT = (
    "Calendars.ReadWrite", "OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All",
    "OnlineMeetingRecording.Read.All", "OnlineMeetingTranscript.Read.All", "User.ReadBasic.All",
)  # fmt: skip
