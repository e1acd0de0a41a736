"""Forms of the door."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.networks.queries import SchoolCard


class NewFace(forms.Form):
    """Somebody who stands at the door and is on no list."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As it should stand on the certificate.")
    )
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Leave empty if none."))
    school = forms.ChoiceField(label=_("School"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        schools: list[SchoolCard],
        initial: dict[str, str] | None = None,
    ) -> None:
        """Offer the schools of the event."""
        super().__init__(data, initial=initial)
        choices = [(str(card.school_id), card.name) for card in schools]
        cast("forms.ChoiceField", self.fields["school"]).choices = choices
