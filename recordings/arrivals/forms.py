"""Forms of whoever adds a recording or looks after it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.backstage.tongues import name_of
from events.programme import queries as programme
from events.templatetags.moments import span
from recordings.arrivals.commands import SUFFIXES
from recordings.library import languages, pupils
from recordings.library.models import Visibility

if TYPE_CHECKING:
    from events.programme.models import Event

WHO = (
    (Visibility.CLUSTER, gettext_lazy("The cluster of the event, and whoever registered")),
    (Visibility.NETWORK, gettext_lazy("Everybody at a school of the network")),
    (Visibility.PUBLIC, gettext_lazy("Everybody, also without signing in")),
)


@dataclass(frozen=True)
class Offer:
    """What can be chosen for a new recording: parts as (id, words), languages, and a title."""

    parts: list[tuple[int, str]]
    languages: tuple[str, ...]
    title: str
    pupils: bool = False

    @classmethod
    def of(cls, event: "Event") -> "Offer":
        """What can be recorded of an event; parents are asked for where pupils may be seen."""
        parts = [(part.pk, span(part.starts_at, part.ends_at, part.zone))
                 for part in programme.parts_of(event.pk)]  # fmt: skip
        return cls(
            parts, languages.first(event.language), event.title, pupils=pupils.may_be_seen(event)
        )


ACCEPTED = ",".join(["video/*", "audio/*", *sorted(f".{suffix}" for suffix in SUFFIXES)])


class Https(forms.URLField):
    """An address that begins with https."""

    default_error_messages = {
        "invalid": gettext_lazy(
            "Paste the whole address of the recording, beginning with https://."
        ),
    }

    def __init__(self, **more: Any) -> None:
        """Short addresses are taken for https ones."""
        super().__init__(max_length=600, assume_scheme="https", **more)

    def clean(self, value: Any) -> str:
        """Refuse what is not encrypted on its way."""
        address: str = super().clean(value)
        if address and not address.startswith("https://"):
            raise forms.ValidationError(_("The link must begin with https://."))
        return address


class BeginForm(forms.Form):
    """A recording of a part; a link to where it lies, unless its file comes afterwards."""

    part = forms.TypedChoiceField(label=gettext_lazy("Part"), coerce=int)
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=160,
        error_messages={"required": gettext_lazy("Give the recording a title.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language that is spoken"))
    link = Https(label=gettext_lazy("Or a link to where it can be watched"), required=False)
    parents = forms.BooleanField(
        label=gettext_lazy("Every parent of a pupil who is seen or heard agreed in writing"),
        error_messages={
            "required": gettext_lazy("Pupils may be seen: only with the consent of every parent.")
        },
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, **more: Any) -> None:
        """Offer the parts and languages; a single part is not asked for, parents only of pupils."""
        super().__init__(*args, **more)
        part, language = self.fields["part"], self.fields["language"]
        assert isinstance(part, forms.ChoiceField)  # noqa: S101  as declared above
        assert isinstance(language, forms.ChoiceField)  # noqa: S101  as declared above
        part.choices = offer.parts
        if len(offer.parts) == 1:
            part.widget, part.initial = forms.HiddenInput(), offer.parts[0][0]
        language.choices = [(code, name_of(code)) for code in offer.languages]
        if not offer.pupils:
            del self.fields["parents"]
        self.fields["title"].initial, language.initial = offer.title, offer.languages[0]


class AddForm(BeginForm):
    """A recording of a part: a file, or a link to where it lies."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-upload": ""}),
    )  # fmt: skip
    field_order = ("part", "title", "language", "file", "link", "parents")

    def clean(self) -> dict[str, Any]:
        """Either a file or a link."""
        data = super().clean() or {}
        if bool(data.get("file")) == bool(data.get("link")) and not self.errors:
            raise forms.ValidationError(_("Choose a file or give a link, one of the two."))
        return data


class DescribeForm(forms.Form):
    """Title, language, where it lies, who may watch, and until when that counts."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    link = Https(label=gettext_lazy("Where it can be watched"), show_hidden_initial=True)
    language = forms.ChoiceField(label=gettext_lazy("Language that is spoken"))
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may watch"), choices=WHO, widget=forms.RadioSelect
    )
    counts_until = forms.DateField(
        label=gettext_lazy("Last day on which watching earns credit"), required=False,
        show_hidden_initial=True,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, languages: tuple[str, ...], elsewhere: bool = False, **more: Any
    ) -> None:
        """Offer these languages; what lies elsewhere has no captions, and stays in its cluster."""
        super().__init__(*args, **more)
        language, visibility = self.fields["language"], self.fields["visibility"]
        assert isinstance(visibility, forms.ChoiceField)  # noqa: S101  as declared above
        if elsewhere:
            visibility.choices, self.initial["visibility"] = WHO[:1], Visibility.CLUSTER
        else:
            del self.fields["link"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101  as declared above
        language.choices = [(code, name_of(code)) for code in languages]
