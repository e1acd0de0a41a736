"""Frozen facts: the way to JSON and back, the digest, and contradictions."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.certificates import facts
from attendance.certificates.facts import CertificateFacts, FactsWrong, HoursStatementFacts
from tests.attendance.certificates import samples


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_certificate_survives_storage(language):
    before = samples.certificate(language)
    stored = json.loads(json.dumps(before.to_dict()))
    assert CertificateFacts.from_dict(stored) == before
    assert facts.digest(CertificateFacts.from_dict(stored)) == facts.digest(before)


def test_a_statement_survives_storage():
    before = samples.statement(rows=7)
    stored = json.loads(json.dumps(before.to_dict()))
    assert HoursStatementFacts.from_dict(stored) == before


def test_the_digest_is_pinned():
    """A changed digest means that stored digests no longer match: a new format is needed."""
    assert facts.digest(samples.CROATIAN) == (
        "a8319534fc51f04f2cdbaf5e1ab9d2eb6cd2cb5b036ed1ecbccff5191f229286"
    )


OTHER = {
    "number": "2222-2222-2222",
    "modes": ("online",),
    "starts_at": samples.CROATIAN.starts_at - timedelta(minutes=1),
    "ends_at": samples.CROATIAN.ends_at + timedelta(minutes=1),
    "issued_at": samples.CROATIAN.issued_at + timedelta(seconds=1),
    "zone": "Europe/Tirane",
    "role": "host",
    "evidence": "attested",
    "minutes_counted": 134,
    "minutes_planned": 151,
    "unit_minutes": 45,
    "show_percent": False,
    "dots": 5,
    "days": (date(2026, 11, 26), date(2026, 12, 10)),
    "kind": {"en": "Webinar"},
    "field": {},
    "issuer_name": {"en": "Another"},
}


@pytest.mark.parametrize("name", [each.name for each in fields(CertificateFacts)])
def test_every_field_counts_in_the_digest(name):
    changed = replace(samples.CROATIAN, **{name: OTHER.get(name, "something else")})
    assert facts.digest(changed) != facts.digest(samples.CROATIAN)


def test_the_digest_ignores_order_and_zone_of_writing():
    mirrored = dict(reversed(samples.CROATIAN.to_dict().items()))
    mirrored["issuer_name"] = dict(reversed(mirrored["issuer_name"].items()))
    mirrored["starts_at"] = "2026-11-26T16:00:00+01:00"
    assert facts.digest(CertificateFacts.from_dict(mirrored)) == facts.digest(samples.CROATIAN)
    east = samples.CROATIAN.starts_at.astimezone(timezone(timedelta(hours=1)))
    assert facts.digest(replace(samples.CROATIAN, starts_at=east)) == facts.digest(samples.CROATIAN)


def test_facts_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        samples.CROATIAN.minutes_counted = 150


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "7K4P-QM2X-9TRQ"},
        {"minutes_counted": 151},
        {"minutes_counted": 0},
        {"minutes_counted": -5},
        {"unit_minutes": 50},
        {"role": "king"},
        {"modes": ()},
        {"modes": ("telepathy",)},
        {"evidence": "certified"},
        {"starts_at": datetime(2026, 11, 26, 15, 0)},
        {"ends_at": samples.CROATIAN.starts_at},
        {"dots": 13},
        {"zone": "Mars/Olympus"},
    ],
)
def test_contradictions_are_refused(changes):
    with pytest.raises(ValueError):  # noqa: PT011 - FactsWrong, or ZoneUnknown from the kernel
        replace(samples.CROATIAN, **changes)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored.pop("format"),
        lambda stored: stored.update(format="certificate/9"),
        lambda stored: stored.pop("holder_name"),
        lambda stored: stored.update(colour="green"),
        lambda stored: stored.update(issued_at="yesterday"),
        lambda stored: stored.pop("starts_at"),
    ],
    ids=["no format", "newer", "no name", "unknown field", "no instant", "no start"],
)
def test_another_shape_is_refused(spoil):
    stored = samples.CROATIAN.to_dict()
    spoil(stored)
    with pytest.raises(FactsWrong):
        CertificateFacts.from_dict(stored)


@pytest.mark.parametrize(
    ("counted", "planned", "percent"),
    [(133, 150, 89), (150, 150, 100), (1499, 1500, 99), (1, 200, 1), (119, 150, 79), (1, 400, 0)],
)
def test_percent_is_whole_and_a_hundred_only_when_nothing_is_missing(counted, planned, percent):
    changed = replace(samples.CROATIAN, minutes_counted=counted, minutes_planned=planned)
    assert changed.percent == percent


@given(
    st.lists(st.tuples(st.integers(1, 600), st.sampled_from(facts.UNITS)), min_size=1, max_size=20)
)
def test_totals_keep_units_apart_and_lose_no_minute(rows):
    made = tuple(
        samples.row(at, minutes_counted=minutes, unit_minutes=unit)
        for at, (minutes, unit) in enumerate(rows)
    )
    totals = replace(samples.statement(), rows=made).totals
    assert [each.unit_minutes for each in totals] == sorted({unit for _, unit in rows})
    for total in totals:
        expected = sum(minutes for minutes, unit in rows if unit == total.unit_minutes)
        assert total.minutes == expected == total.hours * total.unit_minutes + total.rest
        assert total.rest < total.unit_minutes


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": ()},
        {"rows": (samples.row(1), samples.row(1))},
        {"period_to": date(2026, 8, 31)},
        {"period_to": date(2026, 9, 1), "rows": (samples.row(1),)},
        {"issued_at": datetime(2027, 1, 8, 9, 0)},
    ],
)
def test_contradicting_statements_are_refused(changes):
    with pytest.raises(FactsWrong):
        replace(samples.statement(), **changes)


def test_an_aware_instant_is_kept_as_the_same_instant():
    stored = samples.CROATIAN.to_dict()
    assert stored["issued_at"] == "2026-11-27T08:30:00Z"
    assert CertificateFacts.from_dict(stored).issued_at == datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
