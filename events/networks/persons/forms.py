"""Forms about people."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.people import identifiers


class DetailsForm(forms.Form):
    """What a person says about themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As it should stand on certificates. Those you have keep the name they carry."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter the name as it should stand on certificates.")},
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Of mails, and of pages when you sign in.")
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Events also show their own time.")
    )
    reminders = forms.BooleanField(
        label=_("Remind me by mail of events I have a place at"),
        required=False,
        help_text=_("The day before, and 15 minutes before when you join online."),
    )

    def __init__(self, *args: object, **values: object) -> None:
        """Offer the languages of the interface and the zones of Europe, with the one in use."""
        super().__init__(*args, **values)  # type: ignore[arg-type]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        own = {str(self.initial.get("zone", ""))} & available_timezones()
        zones = sorted({name for name in available_timezones() if name.startswith("Europe/")} | own)
        none = ("", pgettext_lazy("time zone", "That of the event"))
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            none, *((name, name.replace("_", " ")) for name in zones)
        ]  # fmt: skip


class IdentifierForm(forms.Form):
    """An official identifier; the schemes are those of the countries one belongs to."""

    scheme = forms.ChoiceField(label=_("Kind of identifier"))
    value = forms.CharField(
        label=_("Identifier"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the identifier.")},
    )

    def __init__(self, *args: object, schemes: list[identifiers.Scheme], **values: object) -> None:
        """Offer these schemes."""
        super().__init__(*args, **values)  # type: ignore[arg-type]
        offered = [(one.code, f"{one.name} ({one.country})") for one in schemes]
        self.fields["scheme"].choices = offered  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Another address of a person."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("May be shared by colleagues. Without one, print a card for the person."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an address like ana@example.org.")},
    )


class ColleagueForm(AddressForm):
    """A new person of a school."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As it should stand on certificates."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the name as it should stand on certificates.")},
    )
    language = forms.ChoiceField(label=_("Language of mails"))
    field_order = ("name", "email", "language", "school")
    school = forms.TypedChoiceField(label=_("School"), coerce=int)

    def __init__(self, *args: object, schools: list[tuple[int, str]], **values: object) -> None:
        """Offer these schools."""
        super().__init__(*args, **values)  # type: ignore[arg-type]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["school"].choices = schools  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a protection is taken away."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Kept in the records, and told to the person."),
        error_messages={
            "required": _("Say in a few words how you know that the person asked for it.")
        },
    )


class RoleForm(forms.Form):
    """A role with its first and last day."""

    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("Empty: from now on."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a day, such as 2027-01-31.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until somebody ends it."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a day, such as 2027-01-31.")},
    )

    deputy = forms.BooleanField(
        label=_("As a deputy"),
        required=False,
        help_text=_("May do the same. A school has one coordinator and any number of deputies."),
    )

    def __init__(self, *args: object, roles: list[tuple[str, str]], **values: object) -> None:
        """Offer these roles."""
        super().__init__(*args, **values)  # type: ignore[arg-type]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
