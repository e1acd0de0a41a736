"""The pasted list of colleagues."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from events.networks.models import School
from events.registration.queries import Places

WAYS = {"room": _("In the room"), "online": _("Online")}
LONGEST = 20_000


class ColleaguesForm(forms.Form):
    """Names, one on each line, of one school, and how they take part."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    way = forms.ChoiceField(label=_("They take part"), widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("Names, one on each line"),
        help_text=_("An e-mail address may follow the name. Without one, give them a ticket card."),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        max_length=LONGEST,
        error_messages={"required": _("Enter or paste at least one name.")},
    )

    def __init__(
        self, *args: object, schools: Sequence[School], offers: Sequence[Places], **kwargs: object
    ) -> None:
        """Offer the schools the reader looks after and the ways the event has."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["school"].choices = [(row.pk, row.name) for row in schools]  # type: ignore[attr-defined]
        self.fields["way"].choices = [(row.way, WAYS[row.way]) for row in offers]  # type: ignore[attr-defined]
