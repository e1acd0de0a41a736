"""Forms of questions: to write one, and to answer those that were drawn."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.questions.models import Question
from attendance.questions.rules import MOST_ANSWERS

PLACES = [("0", _("First")), ("1", _("Second")), ("2", _("Third")), ("3", _("Fourth"))]


class Written(forms.Form):
    """A question with up to four answers, one of them right."""

    text = forms.CharField(label=_("Question"), max_length=300)
    first = forms.CharField(label=_("First answer"), max_length=200)
    second = forms.CharField(label=_("Second answer"), max_length=200)
    third = forms.CharField(label=_("Third answer"), max_length=200, required=False)
    fourth = forms.CharField(label=_("Fourth answer"), max_length=200, required=False)
    right = forms.ChoiceField(
        label=_("Which answer is right?"), choices=PLACES, widget=forms.RadioSelect
    )

    @property
    def answers(self) -> list[str]:
        """The answers as they were entered, empty ones too."""
        names = ("first", "second", "third", "fourth")[:MOST_ANSWERS]
        return [self.cleaned_data[name] for name in names]


class Drawn(forms.Form):
    """The questions of one try, each with its answers; all must be answered."""

    def __init__(self, *given: object, questions: Sequence[Question], **more: object) -> None:
        """Make a field for each question."""
        super().__init__(*given, **more)  # type: ignore[arg-type]
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.ChoiceField(
                label=question.text, widget=forms.RadioSelect,
                choices=[(str(place), text) for place, text in enumerate(question.answers)],
            )  # fmt: skip

    @property
    def given(self) -> dict[int, int]:
        """The place of the answer chosen, by question."""
        return {int(name[1:]): int(place) for name, place in self.cleaned_data.items()}
