"""Choosing a list, and saying what its columns hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.networks.rosters.grid import Table
from events.networks.rosters.mapping import FIELDS, Mapping
from events.people.identifiers import SCHEMES

LABELS = {
    "name": gettext_noop("Name of the school"),
    "code": gettext_noop("National code"),
    "place": gettext_noop("Place"),
    "address": gettext_noop("Address"),
    "postal_code": gettext_noop("Postal code"),
    "country": gettext_noop("Country"),
    "latitude": gettext_noop("Latitude"),
    "longitude": gettext_noop("Longitude"),
    "coordinates": gettext_noop("Both coordinates"),
    "language": gettext_noop("Language"),
    "phone": gettext_noop("Telephone"),
    "email": gettext_noop("E-mail address"),
    "website": gettext_noop("Website"),
    "level": gettext_noop("Level"),
    "ownership": gettext_noop("Public or private"),
    "given_name": gettext_noop("Given name"),
    "family_name": gettext_noop("Family name"),
    "full_name": gettext_noop("Full name"),
    "school": gettext_noop("School"),
    "school_code": gettext_noop("National code of the school"),
    "role": gettext_noop("Role"),
    "subject": gettext_noop("Subject"),
    "class": gettext_noop("Class"),
    "username": gettext_noop("User name"),
}
SAMPLES = 3


class NoList(BadInput):
    """Neither a file nor a text was given."""

    code = "roster_missing"
    sentence = gettext_noop("Choose a file or paste the list.")


class ListForm(forms.Form):
    """A file or pasted rows; the school or country they belong to."""

    file = forms.FileField(label=_("File"), required=False)
    text = forms.CharField(label=_("Or paste the list"), required=False, widget=forms.Textarea)
    country = forms.ChoiceField(label=_("Country"))
    school = forms.ChoiceField(label=_("School, where the list names none"), required=False)

    def __init__(
        self, data: object = None, files: object = None, *, countries: list[tuple[str, str]],
        schools: list[tuple[str, str]] | None = None, **more: object,
    ) -> None:  # fmt: skip
        """Offer the countries and schools in reach; one of a kind needs no question."""
        super().__init__(data, files, **more)  # type: ignore[arg-type]
        self.fields["country"].choices = countries  # type: ignore[attr-defined]
        if len(countries) == 1:
            self.fields["country"].widget = forms.HiddenInput()
            self.fields["country"].initial = countries[0][0]
        if schools is None:
            del self.fields["school"]
        else:
            named = [("", _("The list names the schools")), *schools]
            self.fields["school"].choices = named  # type: ignore[attr-defined]


def fields_of(kind: str) -> list[tuple[str, str]]:
    """What a column may hold, in words."""
    return [("", str(_("Not needed"))), *((name, label_of(name)) for name in FIELDS[kind])]


def label_of(name: str) -> str:
    """What a field is called."""
    if name.startswith("identifier:"):
        scheme = SCHEMES[name.removeprefix("identifier:")]
        return scheme.name
    return str(_(LABELS.get(name, name)))


def columns_of(table: Table, mapping: Mapping) -> list[dict[str, object]]:
    """The columns of a table with samples and what they are taken for."""
    return [
        {
            "column": guess.column,
            "header": guess.header or str(guess.column + 1),
            "samples": list(dict.fromkeys(table.column(guess.column)))[:SAMPLES],
            "field": guess.field,
        }
        for guess in mapping.columns
    ]
