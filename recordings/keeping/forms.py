"""Forms of whoever decides what stays in a recording, and for how long."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from recordings.library.shortening import LEAST_MS, PastTheEnd
from recordings.library.timeline import Pair, written

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)
EMPTY_ROWS = 2


class Clock(forms.CharField):
    """A moment of the player, as "12:30" or "1:02:30"; gives milliseconds, None when empty."""

    def __init__(self, **more: Any) -> None:
        """Never required by itself: rows may stay empty."""
        super().__init__(required=False, max_length=10, **more)

    def clean(self, value: Any) -> int | None:
        """Read it; minutes may be more than 59 when there are no hours."""
        text = super().clean(value)
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Write minutes and seconds, such as 12:30."))
        hours, minutes, seconds = (int(one or 0) for one in found.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1000


class CutForm(forms.Form):
    """Several spans of the player's time; as many rows as are prefilled and two more."""

    def __init__(self, *args: Any, spans: Sequence[Pair], length_ms: int, **more: Any) -> None:
        """Offer the spans, widened to whole seconds, and empty rows after them."""
        super().__init__(*args, **more)
        self.length_ms, self.numbers = length_ms, range(len(spans) + EMPTY_ROWS)
        for number in self.numbers:
            start, end = (
                Clock(label=pgettext_lazy("time", "From")),
                Clock(label=pgettext_lazy("time", "To")),
            )
            if number < len(spans):
                start.initial = written(spans[number][0])
                end.initial = written(-(-spans[number][1] // 1000) * 1000)
            self.fields |= {f"from_{number}": start, f"to_{number}": end}

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields in pairs."""
        return [(self[f"from_{number}"], self[f"to_{number}"]) for number in self.numbers]

    @property
    def spans(self) -> list[Pair]:
        """What was marked, in milliseconds of the player."""
        pairs = (
            (self.cleaned_data[f"from_{n}"], self.cleaned_data[f"to_{n}"]) for n in self.numbers
        )
        return [(start, end) for start, end in pairs if start is not None and end is not None]

    def add_error(self, field: str | None, error: Any) -> None:
        """Say in which part and field a mistake is: read above the page, each stands alone."""
        end, _line, number = (field or "").partition("_")
        if number.isdecimal():
            words = {
                "from": _("Part %(number)s, from: %(said)s"),
                "to": _("Part %(number)s, to: %(said)s"),
            }
            told = (
                error if isinstance(error, forms.ValidationError) else forms.ValidationError(error)
            )
            error = [
                words[end] % {"number": int(number) + 1, "said": said} for said in told.messages
            ]
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        """Both ends of a span, in their order, inside the recording."""
        data = super().clean() or {}
        for number in self.numbers:
            start, end = data.get(f"from_{number}"), data.get(f"to_{number}")
            if {f"from_{number}", f"to_{number}"} & set(self.errors) or start is end is None:
                continue
            if start is None or end is None:
                missing = "from" if start is None else "to"
                self.add_error(f"{missing}_{number}", _("Give both: from and to."))
            elif end <= start:
                self.add_error(f"to_{number}", _("It must end after it begins."))
            elif start >= self.length_ms:
                self.add_error(f"from_{number}", _("The recording is over by then."))
            elif end > self.length_ms + LEAST_MS:
                length = written(self.length_ms)
                self.add_error(f"to_{number}", _(PastTheEnd.sentence) % {"length": length})
        return data


class NothingForm(forms.Form):
    """Nothing of them is in it, and how one knows; `known` is the newest no that the page showed."""

    known = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput())
    note = forms.CharField(
        label=gettext_lazy("How do you know?"), max_length=300,
        error_messages={"required": gettext_lazy("Say how you know, for example: watched it all.")},
    )  # fmt: skip


class AskedForm(forms.Form):
    """Everybody was asked, and how."""

    note = forms.CharField(
        label=gettext_lazy("How were they asked?"), max_length=300,
        error_messages={
            "required": gettext_lazy("Say how they were asked, for example: by mail, 12 November.")
        },
    )  # fmt: skip


class ParentsForm(forms.Form):
    """Every parent agreed."""

    parents = forms.BooleanField(
        label=gettext_lazy("Every parent of a pupil who is seen or heard agreed in writing"),
        error_messages={
            "required": gettext_lazy("Pupils may be seen: only with the consent of every parent.")
        },
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What a speaker said by word of mouth or on paper."""

    talk = forms.ChoiceField(label=gettext_lazy("Talk"))
    said = forms.ChoiceField(
        label=gettext_lazy("Answer"), widget=forms.RadioSelect,
        choices=(("yes", gettext_lazy("Yes, it may be shown")), ("no", gettext_lazy("No"))),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("How were you told?"), max_length=300,
        error_messages={
            "required": gettext_lazy("Say how you were told, for example: on paper, 12 November.")
        },
    )  # fmt: skip

    def __init__(self, *args: Any, talks: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer these talks, as (value, words)."""
        super().__init__(*args, **more)
        talk = self.fields["talk"]
        assert isinstance(talk, forms.ChoiceField)  # noqa: S101  as declared above
        talk.choices = talks


class KeepForm(forms.Form):
    """The day on which it is removed."""

    until = forms.DateField(
        label=gettext_lazy("Keep it until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class RemoveForm(forms.Form):
    """Remove it now, said twice."""

    sure = forms.BooleanField(
        label=gettext_lazy("Remove the files and captions for good"),
        error_messages={"required": gettext_lazy("Tick the box to remove it.")},
    )
