"""How often an event repeats, and which dates of a series an edit is for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.backstage import edge
from events.backstage.numberfields import WholeNumber
from events.kernel.errors import BadInput
from events.planner.eventstart import StartForm
from events.programme import recurrence
from events.programme.models import Event, Series
from events.programme.recurrence import DAILY, FORTNIGHTLY, MONTHLY, WEEKLY, Repeat
from events.programme.scenes import ALL, FOLLOWING

THIS = "this"
EVERY = [
    (WEEKLY, _("Every week")),
    (FORTNIGHTLY, _("Every two weeks")),
    (MONTHLY, _("Every month on that weekday")),
    (DAILY, _("Every day")),
]
SCOPES = [
    (THIS, _("This date only")),
    (FOLLOWING, _("This date and the following ones")),
    (ALL, _("All coming dates")),
]


class RepeatForm(StartForm):
    """Adds the fields under the time; without a choice the event takes place once."""

    repeats = forms.ChoiceField(label=_("Repeats"), required=False)
    repeats_until = forms.DateField(
        label=_("Until, last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )
    repeats_number = WholeNumber(
        label=_("or number of dates"), required=False, min_value=2, max_value=recurrence.MOST
    )
    reach = forms.ChoiceField(
        label=_("Which dates change"), required=False, choices=SCOPES, widget=forms.RadioSelect
    )
    event: Event | None = None

    def _fit_repeats(self) -> None:
        """Offer the fields that fit: a new event, a date of a series, or a single event."""
        series = self.event.series if self.event else None
        choice = self.fields["repeats"]
        if self.event is None or series is None:
            del self.fields["reach"]
        if self.event is not None:
            del self.fields["repeats_number"]
        if self.event is not None and series is None:
            del self.fields["repeats"], self.fields["repeats_until"]
        elif isinstance(choice, forms.ChoiceField):
            choice.choices = EVERY if series else [("", _("No, once")), *EVERY]

    @property
    def chosen_scope(self) -> str:
        """One date, it and the following ones, or all; only after the form is valid."""
        return self.cleaned_data.get("reach") or THIS

    def repeat(self) -> Repeat | None:
        """The rule that was chosen; on a date of a series only when it differs from the present."""
        data = self.cleaned_data
        if not data.get("repeats") or (self.event and self.chosen_scope == THIS):
            return None
        asked = Repeat(data["repeats"], data.get("repeats_until"), data.get("repeats_number"))
        if self.event is None or self.event.series is None:
            return asked
        return None if asked == present_repeat(self.event.series) else asked

    def _check_repeat(self, data: dict[str, Any], starts: datetime | None) -> None:
        if data.get("repeats_until") and data.get("repeats_number"):
            self.add_error("repeats_number", _("Say the last day or a number, not both."))
        if starts is None or self.errors or (asked := self.repeat()) is None:
            return
        try:
            found = recurrence.starts(recurrence.rule(asked, starts), starts)
            if self.event is None:
                recurrence.several(found)
        except BadInput as error:
            edge.refuse_in(self, error)


def present_repeat(row: Series) -> Repeat:
    """How a series repeats now, with the last day as people see it."""
    every = recurrence.repeat_of(row.rrule).every
    found = recurrence.starts(row.rrule, row.first)
    last = found[-1] if found else row.first  # a series whose dates all went over has none
    return Repeat(every, until=(last + row.shift).date())
