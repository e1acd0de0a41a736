"""Everything that can be asked of one account."""

from dataclasses import dataclass

from integrations.ports.calendars import Calendar, Push
from integrations.ports.downloads import Download
from integrations.ports.meetings import Harvest
from integrations.ports.questions import Busy, Check


@dataclass(frozen=True)
class Connected:
    """What can be asked of one account. Make a new one per task: it is not for two threads."""

    calendar: Calendar
    push: Push
    harvest: Harvest
    busy: Busy
    check: Check
    download: Download
