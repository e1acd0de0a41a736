"""An event with days left out between names each of its days on the paper."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import translation

from attendance.certificates import compose, facts
from attendance.certificates.wording import certificate
from events.programme.models import Part
from tests.attendance.certificates import samples


def part(day, minutes=120):
    return Part(starts_wall=datetime(2026, 11, day, 9, 0).isoformat(), minutes=minutes)


def test_days_in_a_row_are_a_period():
    assert compose.days_apart([part(26), part(27)]) == ()


def test_days_apart_are_named_one_by_one():
    assert compose.days_apart([part(26), part(28)]) == (date(2026, 11, 26), date(2026, 11, 28))


def test_the_words_name_every_day():
    says = replace(samples.certificate(), days=(date(2026, 11, 26), date(2026, 12, 10)))
    with translation.override("en"):
        assert certificate.days(says) == "26 November 2026, 10 December 2026"


def test_days_are_kept_and_older_records_keep_their_digest():
    says = samples.certificate()
    assert "days" not in says.to_dict()
    apart = replace(says, days=(date(2026, 11, 26), date(2026, 12, 10)))
    assert facts.CertificateFacts.from_dict(apart.to_dict()) == apart
    assert facts.digest(apart) != facts.digest(says)
