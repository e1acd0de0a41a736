"""What the first-run pages ask."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.networks import atlas
from events.networks.models import Cluster, School
from events.people.models import Person

TIDY = {"autocapitalize": "off", "spellcheck": "false"}
ORIGINS = [
    (Cluster.Origin.TOP_DOWN, _("The ministry or the project")),
    (Cluster.Origin.BOTTOM_UP, _("The schools themselves")),
]
SUMMER_ENDS = 8


class CodeForm(forms.Form):
    """The setup code, asked of whoever comes from another machine."""

    code = forms.CharField(
        label=_("Setup code"), max_length=40,
        widget=forms.TextInput({"autocomplete": "off", **TIDY}),
    )  # fmt: skip


class AdministratorForm(forms.Form):
    """The first person."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "username", **TIDY}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=200,
        help_text=_("At least 12 characters. Several words are easy to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Hold the password against the rules of the service."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = Person(name=cleaned.get("name", ""), email=cleaned.get("email", ""))
            try:
                validate_password(cleaned["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ServiceForm(forms.Form):
    """Languages, sender and time zone of the service."""

    languages = forms.MultipleChoiceField(
        label=_("Languages offered"),
        help_text=_("They stand in the language menu of every page."),
        widget=forms.CheckboxSelectMultiple,
    )
    sender_address = forms.EmailField(
        label=_("Sender address"), max_length=254,
        help_text=_("All mails come from this address. Your mail server must let it send."),
        widget=forms.EmailInput({"autocomplete": "off", **TIDY}),
    )  # fmt: skip
    zone = forms.ChoiceField(label=_("Time zone of the service"))

    def __init__(self, *args: object, **more: object) -> None:
        """Offer what is translated, and all zones."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["languages"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(name, name) for name in atlas.zones()]  # type: ignore[attr-defined]


class CountryForm(forms.Form):
    """A country with its ministry and its first term."""

    code = forms.ChoiceField(label=_("Country"))
    name = forms.CharField(label=_("Its name in its own language"), max_length=120, required=False)
    ministry = forms.CharField(label=_("Ministry"), max_length=200)
    language = forms.ChoiceField(label=_("Language of its schools"))
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False,
        help_text=_("Left open, the zone of most people is taken."),
    )  # fmt: skip
    term_name = forms.CharField(label=_("Name of the first term"), max_length=80)
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: object, **more: object) -> None:
        """Offer countries, languages and zones of the world."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["code"].choices = [("", "–"), *atlas.countries().items()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", "–"), *atlas.languages().items()]  # type: ignore[attr-defined]
        zones = [(name, name) for name in atlas.zones()]
        self.fields["zone"].choices = [("", "–"), *zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A zone is filled in; a term ends after it begins."""
        cleaned = super().clean() or {}
        if not cleaned.get("zone") and (zones := atlas.zones_of(str(cleaned.get("code", "")))):
            cleaned["zone"] = zones[0]
        if not cleaned.get("zone") and "zone" not in self.errors and "code" not in self.errors:
            self.add_error("zone", _("Choose the time zone."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("Enter a last day after the first day."))
        return cleaned


def school_year(today: date) -> dict[str, object]:
    """The school year of a day, from September to August, as a first guess of a term."""
    year = today.year if today.month > SUMMER_ENDS - 1 else today.year - 1
    return {
        "term_name": f"{year}/{(year + 1) % 100:02}",
        "starts_on": date(year, 9, 1),
        "ends_on": date(year + 1, 8, 31),
    }


class ClusterForm(forms.Form):
    """A cluster: one mentor school and the schools it works with."""

    name = forms.CharField(label=_("Name of the cluster"), max_length=160)
    theme = forms.CharField(label=_("Theme"), max_length=200, required=False)
    origin = forms.ChoiceField(
        label=_("Who brought the schools together?"), choices=ORIGINS,
        initial=Cluster.Origin.TOP_DOWN, widget=forms.RadioSelect,
    )  # fmt: skip
    mentor = forms.TypedChoiceField(label=_("Mentor school"), coerce=int)
    mentees = forms.TypedMultipleChoiceField(
        label=_("Schools it works with"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, schools: list[School], **more: object) -> None:
        """Offer the schools of one country."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        named = [(str(school.pk), _label(school)) for school in schools]
        self.fields["mentor"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["mentees"].choices = named  # type: ignore[attr-defined]


def _label(school: School) -> str:
    return ", ".join(part for part in (school.name, school.place) if part)


class CoordinatorForm(forms.Form):
    """Who coordinates one cluster; both fields or none."""

    name = forms.CharField(
        label=_("Name"), max_length=120, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False,
        widget=forms.EmailInput({"autocomplete": "off", **TIDY}),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Half an answer is asked about."""
        cleaned = super().clean() or {}
        name, email = cleaned.get("name"), cleaned.get("email")
        if email and not name and "name" not in self.errors:
            self.add_error("name", _("Enter the name of the coordinator."))
        if name and not email and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address of the coordinator."))
        return cleaned
