"""Forms for captions and chapters."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.backstage.tongues import name_of
from recordings.captions.chapters import MOST, Mark
from recordings.captions.refusals import NoFilm
from recordings.library import languages

LINE = re.compile(r"^\s*(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s+(\S.*)$")


class TrackForm(forms.Form):
    """A file of captions and its language."""

    file = forms.FileField(
        label=gettext_lazy("Captions"),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.sbv,text/vtt,text/plain"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file with the captions.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the captions"))
    film = forms.ChoiceField(
        label=gettext_lazy("Which film do the times belong to?"), widget=forms.RadioSelect,
        initial="whole",
        choices=(
            ("whole", gettext_lazy("The whole recording, as it was held")),
            ("shown", gettext_lazy("The recording as it is shown now, without what was cut out")),
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, language: str, cut: bool, **more: Any) -> None:
        """Offer all languages, first the one of the recording; ask for the film where it was cut."""
        super().__init__(*args, **more)
        if not cut:
            del self.fields["film"]
        codes = languages.first(language)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as declared above
        field.choices = [(code, name_of(code)) for code in codes]
        field.initial = language


class ChaptersForm(forms.Form):
    """All chapters, one a line: the time, then the title."""

    lines = forms.CharField(
        label=gettext_lazy("Chapters"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "10", "spellcheck": "true"}),
    )  # fmt: skip

    def __init__(self, *args: Any, length_ms: int, **more: Any) -> None:
        """Take chapters of a film of this length."""
        super().__init__(*args, **more)
        self.length_ms = length_ms

    def clean_lines(self) -> str:
        """Each line has a time and a title, inside the film, and no two the same time."""
        text = str(self.cleaned_data["lines"])
        rows = [row for row in text.splitlines() if row.strip()]
        if rows and not self.length_ms:
            raise forms.ValidationError(_(NoFilm.sentence))
        wrong = next((row for row in rows if not LINE.match(row)), None)
        if wrong is not None:
            raise forms.ValidationError(
                _("Write a time and a title in each line, like 12:30 Reading aloud. This is not one: %(line)s"),
                params={"line": wrong.strip()[:60]},
            )  # fmt: skip
        if len(rows) > MOST:
            raise forms.ValidationError(
                _("There can be %(number)s chapters at most."), params={"number": MOST}
            )
        self._require_apart(rows)
        return text

    def _require_apart(self, rows: list[str]) -> None:
        seen: set[int] = set()
        for row, mark in zip(rows, _marks(rows), strict=True):
            line = {"line": row.strip()[:60]}
            if mark.start >= self.length_ms:
                raise forms.ValidationError(
                    _("The recording is over by then: %(line)s"), params=line
                )
            if mark.start in seen:
                raise forms.ValidationError(
                    _("Another chapter begins at the same moment: %(line)s"), params=line
                )
            seen.add(mark.start)

    def marks(self) -> list[Mark]:
        """What was written, in player time; only after it is valid."""
        return _marks(self.cleaned_data["lines"].splitlines())


def _marks(rows: list[str]) -> list[Mark]:
    found = (LINE.match(row) for row in rows)
    return [
        Mark(((int(one[1] or 0) * 60 + int(one[2])) * 60 + int(one[3])) * 1000, one[4].strip())
        for one in found
        if one
    ]
