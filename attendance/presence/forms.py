"""Forms of the board."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.kernel.zones import instant, wall
from events.templatetags.moments import span

if TYPE_CHECKING:
    from events.programme.models import Part

CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.h ]?([0-5]\d)$")
WAYS = (("room", _("In the room")), ("online", _("Online")))
ONE_DAY = 24 * 60
MOST_FILES = 20
WRITTEN = "%Y-%m-%d %H:%M"


class ClockField(forms.TimeField):
    """A time of day on 24 hours: 16:30, 16.30 and 1630 are the same as people write them."""

    def to_python(self, value: Any) -> time | None:
        """The time; raises ValidationError with an example."""
        text = str(value or "").strip()
        if not text:
            return None
        found = CLOCK.match(text)
        if found is None:
            raise forms.ValidationError(_("Enter the time as hours and minutes, like 16:30."))
        return time(int(found[1]), int(found[2]))


class Correction(forms.Form):
    """When somebody was there, on the wall clock of the part, and why this is known better."""

    mode = forms.ChoiceField(label=_("Where"), choices=WAYS)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say in a few words why you correct this time.")},
    )
    field_order = ("part", "starts", "ends", "mode", "reason")

    def __init__(
        self, data: QueryDict | None = None, *, part: "Part",
        initial: dict[str, str] | None = None, parts: "Sequence[Part]" = (),
    ) -> None:  # fmt: skip
        """Ask for times of day; for parts of a day and more, for dates too; for which of several."""
        super().__init__(data, initial=initial)
        self.part = part
        if len(parts) > 1:
            choices = [(str(one.pk), span(one.starts_at, one.ends_at, one.zone)) for one in parts]
            self.fields["part"] = forms.ChoiceField(
                label=_("Part"), choices=choices, initial=str(part.pk)
            )
        self.fields["starts"] = self._when(pgettext("time", "From"))
        self.fields["ends"] = self._when(pgettext("time", "To"))
        self.order_fields(self.field_order)

    def _when(self, label: str) -> forms.Field:
        look = {"size": "6", "autocomplete": "off"}
        if self.part.minutes < ONE_DAY:
            wrong = {"required": _("Enter the time as hours and minutes, like 16:30.")}
            return ClockField(label=label, error_messages=wrong, widget=forms.TextInput(look))
        wrong = {"invalid": _("Enter date and time like 2026-11-26 16:30.")}
        return forms.DateTimeField(
            label=label, input_formats=[WRITTEN], error_messages=wrong, widget=forms.TextInput(look)
        )

    def span(self) -> tuple[datetime, datetime]:
        """The instants that were entered; raises KeyError before the form is valid."""
        return self._instant("starts"), self._instant("ends")

    def _instant(self, name: str) -> datetime:
        """A time of day means the day on which it lies nearest to the part."""
        given = self.cleaned_data[name]
        if isinstance(given, datetime):
            return instant(given.replace(tzinfo=None), self.part.zone)
        day = self.part.wall.date()
        choices = [
            instant(datetime.combine(day + timedelta(days=shift), given), self.part.zone)
            for shift in (-1, 0, 1)
        ]
        return min(choices, key=self._distance)

    def _distance(self, at: datetime) -> timedelta:
        return max(self.part.starts_at - at, at - self.part.ends_at, timedelta(0))


class Marks(forms.Form):
    """One answer for the people ticked."""

    everybody = forms.BooleanField(label=_("Everybody of this list, ticked or not"), required=False)
    answer = forms.ChoiceField(
        label=_("They"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers shown."),
            "invalid_choice": _("Choose one of the answers shown."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say in a few words how you know.")},
    )

    def __init__(self, data: QueryDict | None = None, *, mode: str) -> None:
        """Offer the ways of the part."""
        super().__init__(data)
        there = {
            "room": _("were in the room all the time"),
            "online": _("were online all the time"),
        }
        ways = there if mode == "hybrid" else {mode: there[mode]}
        answers = {**ways, "excused": _("are excused"), "absent": _("were not there")}
        self.fields["answer"].choices = list(answers.items())  # type: ignore[attr-defined]


def written(at: datetime, part: "Part") -> str:
    """An instant as the form shows it."""
    local = wall(at, part.zone)
    return local.strftime("%H:%M" if part.minutes < ONE_DAY else WRITTEN)


class Files(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002  Django's way to ask
        """All files of that name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """One or several files, as a list; whether each can be used is said file by file."""

    def to_python(self, data: Any) -> Any:
        """The files; raises ValidationError for none and for too many."""
        given = data if isinstance(data, list) else [data]
        files = [one for one in given if one]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Hand in at most 20 files at once."), code="many")
        return files


class Upload(forms.Form):
    """Reports of the meeting service; of several parts, it is asked for the one they belong to."""

    file = FilesField(
        label=_("Attendance reports"),
        widget=Files,
        error_messages={"required": _("Choose the report that you downloaded.")},
    )

    def __init__(self, *args: Any, parts: "Sequence[Part]" = ()) -> None:
        """Offer the parts where there are several; by itself the times of the report decide."""
        super().__init__(*args)
        if len(parts) > 1:
            found = [(str(one.pk), span(one.starts_at, one.ends_at, one.zone)) for one in parts]
            choices = [("", _("As the times in the report say")), *found]
            self.fields["part"] = forms.ChoiceField(
                label=_("Part"), choices=choices, required=False
            )
