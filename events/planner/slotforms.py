"""The form of one slot, and of all slots of a part."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.backstage.numberfields import WholeNumber
from events.kernel.fold import search_key
from events.people.models import Person
from events.programme.models import Slot

MOST = 60
People = Mapping[str, Person]


class SlotForm(forms.Form):
    """One slot. `people` maps folded names to the people who can present."""

    form = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            (Slot.Form.TALK, gettext_lazy("Talk")),
            (Slot.Form.BREAK, gettext_lazy("Break")),
            (Slot.Form.TABLE, gettext_lazy("Table talk")),
        ],
    )
    minutes = WholeNumber(label=gettext_lazy("Minutes"), min_value=1, max_value=1440)
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=160)
    presenter = forms.CharField(
        label=gettext_lazy("Presenter"),
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    online = forms.BooleanField(label=gettext_lazy("presents online"), required=False)

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        """Keep who can be named."""
        super().__init__(*args, **more)
        self.people = people

    def clean_presenter(self) -> Person | None:
        """The person of that name."""
        typed: str = self.cleaned_data["presenter"]
        if not typed.strip():
            return None
        person = self.people.get(search_key(typed))
        if person is None:
            words = _("Nobody here is called %(name)s. Choose a name from the list.")
            raise forms.ValidationError(words % {"name": typed})
        return person

    def slot(self) -> Slot:
        """The slot, not saved."""
        return Slot(**self.cleaned_data)


SlotForms = forms.formset_factory(SlotForm, extra=0, max_num=MOST, absolute_max=MOST)
