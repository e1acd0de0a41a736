"""The form that answers a question about an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from integrations.sync import states


class AnswerForm(forms.Form):
    """Which of the answers, and a reason where people are told that something does not take place."""

    question = forms.IntegerField(widget=forms.HiddenInput)
    # Without it the answer is refused as one to something else, and the question shown anew.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    answer = forms.ChoiceField(
        label=_("What shall count?"), choices=[(one, one) for one in states.ANSWERS[:3]]
    )
    reason = forms.CharField(label=_("Why, in one line"), required=False, max_length=300)
