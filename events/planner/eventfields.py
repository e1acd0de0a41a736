"""The fields of the form for one event."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.backstage.numberfields import WholeNumber
from events.kernel.contributions import Invitation
from events.kinds.models import Mode
from events.planner import meetings

SHORTEST, LONGEST = 5, 20160
CLOCK = re.compile(r"^([01]?\d|2[0-3])(?:[:.h ]?([0-5]\d))?$")


class ClockField(forms.TimeField):
    """A time of day on 24 hours: 16:30, 16.30, 1630 and 16 are the same as people write them."""

    def to_python(self, value: Any) -> time | None:
        """The time; raises ValidationError with an example."""
        text = str(value or "").strip()
        if not text:
            return None
        found = CLOCK.match(text)
        if found is None:
            raise forms.ValidationError(_("Enter the start as hours and minutes, like 16:30."))
        return time(int(found[1]), int(found[2] or 0))


class EventFields(forms.Form):
    """The fields of one event, in the order of the page.

    `link_before` and `line_before` are those of the event as it is.
    """

    pasted: Invitation = meetings.NOTHING
    pasted_text = link_before = line_before = ""

    kind = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Enter a title.")}
    )
    when = forms.CharField(label=_("When"), required=False, max_length=16)
    day = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )
    start = ClockField(
        label=_("Start"),
        required=False,
        widget=forms.TimeInput(
            format="%H:%M",
            attrs={
                "placeholder": "16:30",
                "inputmode": "numeric",
                "autocomplete": "off",
                "size": "6",
            },
        ),
    )
    minutes = WholeNumber(
        label=_("Length in minutes"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=_("Empty: as usual for the kind."),
    )
    mode = forms.ChoiceField(
        label=_("How people join"),
        choices=[(Mode.ROOM, _("Room")), (Mode.ONLINE, _("Online")), (Mode.HYBRID, _("Both"))],
        widget=forms.RadioSelect,
    )
    host = forms.TypedChoiceField(
        label=_("Host school"), required=False, coerce=int, empty_value=None
    )
    join_url = forms.CharField(
        label=_("Video link"),
        required=False,
        max_length=meetings.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("Paste the link or the whole invitation. Only registered people receive it."),
    )
    audience = forms.ChoiceField(
        label=_("Who may take part"),
        help_text=_("A community’s members are invited instead of the cluster’s teachers."),
    )
    places_room = WholeNumber(
        label=_("Places in the room"), required=False, min_value=1, max_value=100000,
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    places_online = WholeNumber(
        label=_("Places online"), required=False, min_value=1, max_value=100000,
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    venue = forms.CharField(
        label=_("Place, if it is not the host school"), required=False, max_length=160
    )
    room = forms.CharField(label=_("Room"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, max_length=250)
    access = forms.CharField(
        label=_("Getting in"),
        required=False,
        max_length=300,
        help_text=_("For example step-free entrance, parking."),
    )
    dial_in = forms.CharField(
        label=_("Phone line and code for poor connections"),
        required=False,
        max_length=meetings.LONGEST_LINE,
        help_text=_("Filled in by itself when you paste a whole invitation."),
    )
    language = forms.ChoiceField(label=_("Language"))
    zone = forms.ChoiceField(label=_("Time zone"))
    closes = forms.DateField(
        label=_("Last day to register"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until the end."),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )
    summary = forms.CharField(
        label=_("In two sentences"), required=False, max_length=2000, widget=forms.Textarea
    )
    certificate = forms.BooleanField(label=_("People can receive a certificate"), required=False)
    recorded = forms.BooleanField(
        label=_("It will be recorded"), required=False,
        help_text=_("Everybody is asked whether they may be seen and heard. Not where pupils are seen."),
    )  # fmt: skip

    def clean_join_url(self) -> str:
        """The link in what was pasted."""
        self.pasted_text = self.cleaned_data["join_url"]
        self.pasted = meetings.read(self.pasted_text)
        return meetings.checked(self.pasted_text, self.pasted)

    def clean_dial_in(self) -> str:
        """The phone line of the pasted invitation, unless another one was typed."""
        typed: str = self.cleaned_data["dial_in"]
        untouched = typed in {"", self.line_before}
        return self.pasted.line if self.pasted.line and untouched else typed
