import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.people.identifiers import SCHEMES, IdentifierRefused, check, schemes_of


def oib_of(ten: str) -> str:
    """ISO 7064 mod 11,10, written from the standard's description."""
    product = 10
    for digit in ten:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return ten + str((11 - product) % 10)


def citizen_number(twelve: str) -> str:
    a = [int(digit) for digit in twelve]
    rest = 11 - sum((7 - i) * (a[i] + a[i + 6]) for i in range(6)) % 11
    return twelve + str(rest if rest <= 9 else 0)


@settings(deadline=None)
@given(st.text("0123456789", min_size=10, max_size=10))
def test_every_computed_oib_is_taken_and_every_mistyped_digit_is_not(ten):
    oib = oib_of(ten)
    assert check("hr.oib", "HR", oib) == oib
    for at in range(11):
        mistyped = f"{oib[:at]}{(int(oib[at]) + 1) % 10}{oib[at + 1 :]}"
        with pytest.raises(IdentifierRefused) as refused:
            check("hr.oib", "HR", mistyped)
        assert refused.value.code == "identifier_check_digit"


@pytest.mark.parametrize(
    ("scheme", "country"),
    [("mk.embg", "MK"), ("rs.jmbg", "RS"), ("ba.jmbg", "BA"), ("si.emso", "SI")],
)
def test_citizen_numbers_of_the_former_federation(scheme, country):
    number = citizen_number("010199045001")
    assert check(scheme, country, f" {number} ") == number
    with pytest.raises(IdentifierRefused) as refused:
        check(scheme, country, number[:-1] + str((int(number[-1]) + 1) % 10))
    assert refused.value.code == "identifier_check_digit"
    with pytest.raises(IdentifierRefused) as refused:
        check(scheme, country, citizen_number("320199045001"))
    assert refused.value.code == "identifier_impossible"


@pytest.mark.parametrize(
    ("scheme", "country", "typed", "stored"),
    [
        ("hr.oib", "HR", "HR 33392005961", "33392005961"),
        ("it.cf", "IT", "rcc mnl 83s18 d969h", "RCCMNL83S18D969H"),
        ("pt.nif", "PT", "501 964 843", "501964843"),
        ("cz.rc", "CZ", "710319/2745", "7103192745"),
        ("be.nn", "BE", "85.07.30-033.28", "85073003328"),
        ("pl.pesel", "PL", "44051401359", "44051401359"),
        ("hu.om", "HU", "71234567897", "71234567897"),
        ("al.nid", "AL", "j00101999w", "J00101999W"),
    ],
)
def test_a_right_value_is_stored_without_separators(scheme, country, typed, stored):
    assert check(scheme, country, typed) == stored


@pytest.mark.parametrize(
    ("scheme", "country", "typed", "code"),
    [
        ("hr.oib", "HR", "", "identifier_empty"),
        ("hr.oib", "HR", "3339200596", "identifier_length"),
        ("hr.oib", "HR", "3339200596O", "identifier_format"),
        ("hr.oib", "RS", "33392005961", "identifier_other_country"),
        ("xx.id", "HR", "1", "identifier_scheme_unknown"),
        ("hu.om", "HU", "71234567896", "identifier_check_digit"),
        ("hu.om", "HU", "61234567897", "identifier_format"),
        ("al.nid", "AL", "100101999W", "identifier_format"),
        ("pl.pesel", "PL", "44051401358", "identifier_check_digit"),
        ("hr.oib", "HR", "²³392005961", "identifier_format"),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason_and_without_the_value(
    scheme, country, typed, code
):
    with pytest.raises(IdentifierRefused) as refused:
        check(scheme, country, typed)
    assert refused.value.code == code
    assert refused.value.sentence % refused.value.data
    if typed:
        assert typed not in repr(refused.value) + repr(refused.value.data)


def test_zeros_lost_in_a_spreadsheet_are_named():
    oib = oib_of("0012345678")
    with pytest.raises(IdentifierRefused) as refused:
        check("hr.oib", "HR", oib.lstrip("0"))
    assert refused.value.code == "identifier_lost_zeros"


def test_only_schemes_with_a_rule_say_that_they_check_digits():
    format_only = {code for code, scheme in SCHEMES.items() if not scheme.checks_digits}
    assert format_only == {"al.nid", "mt.id", "xk.nid"}
    assert all(
        len(code) <= 24 and code.startswith(s.country.lower()) for code, s in SCHEMES.items()
    )


def test_schemes_are_listed_by_country():
    assert [scheme.code for scheme in schemes_of("hr")] == ["hr.oib"]
