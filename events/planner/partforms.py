"""The form for one part of an event."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.kinds.models import Mode
from events.planner import rules
from events.planner.commands import Place
from events.planner.eventfields import EventFields
from events.planner.forms import FAULTS
from events.planner.offers import zones
from events.programme.models import Part
from events.programme.parts import PartWish

NAMES = (
    "day", "start", "minutes", "zone", "mode", "venue", "room", "address", "access", "join_url",
    "dial_in",
)  # fmt: skip


class PartForm(EventFields):
    """When and where one part takes place."""

    def __init__(self, *args: Any, zone: str, **more: Any) -> None:
        """Keep of the event's fields those that a part has."""
        super().__init__(*args, **more)
        for name in set(self.fields) - set(NAMES):
            del self.fields[name]
        for name in ("day", "start", "minutes"):
            self.fields[name].required = True
        self.fields["minutes"].help_text = ""
        self.fields["venue"].label = _("Place")
        choices = self.fields["zone"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [(name, name.replace("_", " ")) for name in zones(zone)]

    def clean(self) -> dict[str, Any]:
        """Refuse a wall-clock time that does not exist."""
        data = super().clean() or {}
        if {"day", "start", "zone"} <= {name for name in data if data[name]}:
            fault = rules.clock_fault(self._starts(data), data["zone"])
            if fault in FAULTS:
                self.add_error("start", FAULTS[fault])
        return data

    @staticmethod
    def _starts(data: dict[str, Any]) -> datetime:
        return datetime.combine(data["day"], data["start"])

    def wish(self) -> PartWish:
        """What the form asks for; only after it is valid."""
        data = self.cleaned_data
        return PartWish(
            self._starts(data), data["zone"], data["minutes"], data["mode"],
            join_url=data["join_url"], dial_in=data["dial_in"],
        )  # fmt: skip

    def place(self) -> Place | None:
        """Where people meet; None when nothing was entered or it is online."""
        data = self.cleaned_data
        name = data["venue"] or data["address"] or data["room"]
        if not name or data["mode"] == Mode.ONLINE:
            return None
        return Place(name, data["room"], data["address"], data["access"])


class CallOffForm(forms.Form):
    """Why one part will not take place."""

    reason = forms.CharField(label=_("Why, in one line"), required=False, max_length=300)


def values_of(part: Part, *, ahead: int = 0) -> dict[str, Any]:
    """The form's values for a part as it is, or for one `ahead` days later."""
    venue = part.venue
    return {
        "day": part.wall.date() + timedelta(days=ahead), "start": part.wall.time(),
        "minutes": part.minutes, "zone": part.zone, "mode": part.mode,
        "join_url": part.join_url, "dial_in": part.dial_in,
        "venue": venue.name if venue else "", "room": venue.room if venue else "",
        "address": venue.address if venue else "", "access": venue.access if venue else "",
    }  # fmt: skip
