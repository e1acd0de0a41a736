"""When an event begins: one of the times shown, or a typed date and start."""

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.planner import rules
from events.planner.eventfields import EventFields

OTHER = "other"


class StartForm(EventFields):
    """Finds the start in what was chosen or typed."""

    starts: datetime | None = None

    def _start(self, data: dict[str, Any]) -> datetime | None:
        chosen, day, start = data.get("when", ""), data.get("day"), data.get("start")
        if chosen in {"", OTHER}:
            return self._typed(day, start)
        if (day or start) and not self._same(chosen, day, start):
            self.add_error("when", _("You chose a suggested time and typed another. Keep one."))
            return None
        try:
            return datetime.fromisoformat(chosen)
        except ValueError:
            self.add_error("when", _("Choose one of the times shown, or type a date and a start."))
            return None

    @staticmethod
    def _same(chosen: str, day: date | None, start: time | None) -> bool:
        return bool(day and start) and chosen == f"{day:%Y-%m-%d}T{start:%H:%M}"

    def _typed(self, day: date | None, start: time | None) -> datetime | None:
        missing = {"day": _("Choose a date."), "start": _("Enter the start, like 16:30.")}
        if day is None and start is None and not {"day", "start"} & set(self.errors):
            self.add_error("when", _("Choose a suggested time, or type a date and a start."))
            return None
        for name, value in (("day", day), ("start", start)):
            if value is None and name not in self.errors:
                self.add_error(name, missing[name])
        return datetime.combine(day, start) if day and start else None

    def _clock_fault(self, data: dict[str, Any]) -> str:
        if self.starts is None or not data.get("zone"):
            return ""
        return rules.clock_fault(self.starts, data["zone"])
