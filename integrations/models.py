"""Door: every table of the app, for Django."""

from integrations.accounts.models import Account, LiveRun
from integrations.harvest.models import HarvestRow, HeldRecording, RecordingFetch
from integrations.sync.models import Channel, Cursor, Link, MeetingRoom, Question
from integrations.webhooks.models import Receipt

__all__ = [
    "Account",
    "Channel",
    "Cursor",
    "HarvestRow",
    "HeldRecording",
    "Link",
    "LiveRun",
    "MeetingRoom",
    "Question",
    "Receipt",
    "RecordingFetch",
]
