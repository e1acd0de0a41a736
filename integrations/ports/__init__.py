"""What the product asks of calendars and video services, in words that fit all of them.

Providers (`integrations/providers/<name>/adapter.py`) implement these protocols. They raise nothing
but `Temporary`, `Denied` and `Gone` and their kinds; all instants are aware and in UTC.
"""

from integrations.ports.accounts import Connected
from integrations.ports.calendars import Calendar, Changes, Channel, Entry, Found, Meeting, Push
from integrations.ports.downloads import Download, Opened, Wanted
from integrations.ports.meetings import Attendee, Harvest, RecordingFile, Sitting
from integrations.ports.questions import Busy, Check, Finding
from integrations.ports.rooms import Closing, Room, Rooms, Visitor
from integrations.ports.troubles import (
    Conflict,
    CursorLost,
    Denied,
    Gone,
    Temporary,
    Trouble,
    is_unknown_host,
)

__all__ = [
    "Attendee",
    "Busy",
    "Calendar",
    "Changes",
    "Channel",
    "Check",
    "Closing",
    "Conflict",
    "Connected",
    "CursorLost",
    "Denied",
    "Download",
    "Entry",
    "Finding",
    "Found",
    "Gone",
    "Harvest",
    "Meeting",
    "Opened",
    "Push",
    "RecordingFile",
    "Room",
    "Rooms",
    "Sitting",
    "Temporary",
    "Trouble",
    "Visitor",
    "Wanted",
    "is_unknown_host",
]  # fmt: skip
