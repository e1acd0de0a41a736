"""What the network's pages ask."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from events.networks.models import School
from events.networks.reach import Member


class SchoolForm(forms.Form):
    """One school added by hand."""

    name = forms.CharField(label=_("Name of the school"), max_length=200)
    national_code = forms.CharField(label=_("National code"), max_length=40, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=250, required=False)


class TermForm(forms.Form):
    """A term of a country; both days included."""

    name = forms.CharField(label=_("Name of the term"), max_length=80)
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean(self) -> dict[str, object]:
        """A term ends after it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("Enter a last day after the first day."))
        return cleaned


class ProgrammeForm(forms.Form):
    """A programme the network runs under."""

    code = forms.SlugField(
        label=_("Short code"), max_length=40, help_text=_("Letters, digits and hyphens.")
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    show_percent = forms.BooleanField(
        label=_("Certificates show the measured percentage"), required=False
    )


class MoveForm(forms.Form):
    """Somebody of a school leaves it, perhaps for another one."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    to = forms.TypedChoiceField(label=_("Goes to"), coerce=int, required=False)
    on = forms.DateField(
        label=_("From this day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(
        self, *args: object, members: list[Member], schools: list[School], **more: object
    ) -> None:
        """Offer the members, and the other schools the actor keeps."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.since = {one.person_id: one.since for one in members}
        named = [(str(one.person_id), one.name) for one in members]
        self.fields["person"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        others = [(str(school.pk), school.name) for school in schools]
        nowhere = ("", _("Nowhere yet: only leaves"))
        self.fields["to"].choices = [nowhere, *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Nobody leaves before they came."""
        cleaned = super().clean() or {}
        came, on = self.since.get(cleaned.get("person") or 0), cleaned.get("on")
        if came and on and on < came:
            words = _("Enter a day from %(since)s on: this person came then.")
            self.add_error("on", words % {"since": date_format(came)})
        return cleaned
