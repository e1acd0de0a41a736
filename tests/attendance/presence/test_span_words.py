"""The ends of a span of time are named as such, not as sender and receiver of a mail."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from attendance.presence.forms import Correction
from attendance.recognition.forms import Days

SPANS = [("en", "From", "To"), ("hr", "Od", "Do"), ("sq", "Nga", "Deri")]


@pytest.mark.parametrize(("language", "first", "last"), SPANS)
def test_a_span_begins_and_ends(language, first, last):
    with override(language):
        correction = Correction(part=SimpleNamespace(minutes=60)).fields
        days = Days().fields
        assert (correction["starts"].label, correction["ends"].label) == (first, last)
        assert (str(days["first"].label), str(days["last"].label)) == (first, last)
