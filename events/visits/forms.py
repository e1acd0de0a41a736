"""Forms of a visit: the schools that come, and the host's checklist."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.backstage.numberfields import WholeNumber
from events.visits.commands import Ticked
from events.visits.models import CheckItem

MOST_PLACES = 500
WORDS = {
    CheckItem.Code.ROOM: _("The room is booked and big enough"),
    CheckItem.Code.WIFI: _("Guests have Wi-Fi"),
    CheckItem.Code.LUNCH: _("Lunch is ordered for the number of guests"),
    CheckItem.Code.ACCESS: _("Everybody can get in: steps, parking, reception"),
    CheckItem.Code.PHOTOS: _("Rules for photos of pupils are known"),
}


class SchoolsForm(forms.Form):
    """Boxes to tick, and a number for each school; the choices come from the page."""

    def __init__(self, *args: Any, school_ids: Iterable[int], **more: Any) -> None:
        """One box and one number for each school offered."""
        super().__init__(*args, **more)
        self.school_ids = list(dict.fromkeys(school_ids))
        for pk in self.school_ids:
            self.fields[f"come-{pk}"] = forms.BooleanField(label=_("comes"), required=False)
            self.fields[f"places-{pk}"] = WholeNumber(
                label=_("How many people"), required=False, min_value=1, max_value=MOST_PLACES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "size": "4"}),
            )  # fmt: skip

    def wanted(self) -> dict[int, int | None]:
        """The schools ticked, each with its number of people; only after it is valid."""
        data = self.cleaned_data
        return {pk: data[f"places-{pk}"] for pk in self.school_ids if data[f"come-{pk}"]}


class CheckForm(forms.Form):
    """One thing to see to."""

    done = forms.BooleanField(label=_("Done"), required=False)
    due_on = forms.DateField(
        label=_("Until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )  # fmt: skip
    owner = forms.TypedChoiceField(
        label=_("Who does it"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the people of the host school."""
        super().__init__(*args, **more)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nobody yet")), *owners]

    def said(self) -> Ticked:
        """The answer; only after it is valid."""
        data: Mapping[str, Any] = self.cleaned_data
        return Ticked(data["done"], data["note"], data["due_on"], data["owner"])
