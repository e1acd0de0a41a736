"""Pasted texts and what has to be read in them, and that no text at all does harm."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.kernel.contributions import Invitation
from integrations.pasted import phones, reading, words
from integrations.pasted.addresses import parsed
from integrations.pasted.days import months

TEXTS = Path(__file__).parent / "texts"
LISTED = frozenset({"faults", "days"})


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    truth: dict[str, str] = field(default_factory=dict)


def cases() -> list[Case]:
    found = []
    for file in sorted(TEXTS.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, rest = block.partition("\n")
            text, _, answers = rest.rpartition("---\n")
            pairs = (line.partition(": ") for line in answers.splitlines() if line)
            found.append(Case(f"{file.stem}: {name}", text, {key: end for key, _, end in pairs}))
    return found


CASES = cases()


def test_the_table_is_long_and_knows_its_words():
    assert len(CASES) >= 60
    known = {"link", "insecure", "line", "service", "refused", "faults", "days"}
    assert {key for case in CASES for key in case.truth} <= known


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pasted_text_is_read(case):
    found, truth = reading.read(case.text), case.truth
    faults = tuple(truth.get("faults", "").split())
    named = {key: truth.get(key, "") for key in ("link", "insecure", "line", "service", "refused")}
    assert found == Invitation(faults=faults, **named)
    read = reading.look(case.text).days
    assert ["/".join(sorted(map(str, days))) for days in read] == truth.get("days", "").split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_read_is_read_again_alike(case):
    found = reading.read(case.text)
    again = reading.read(found.link)
    assert (again.link, again.service if found.link else found.service) == (
        found.link, found.service,
    )  # fmt: skip


PIECES = st.sampled_from([
    "https://", "http://", "zoom.us/j/", "84012345678", "?pwd=", "zak=", "teams.microsoft.com/meet/",
    "https://eur02.safelinks.protection.outlook.com/?url=", "https%3A%2F%2F", "javascript:", "data:",
    "meet.google.com/abc-defg-hij", "//", "@", "#", "%", "[", "]", "<", ">", "tel:+", "+385 1 ", ",,",
    "123 456 789#", ": ", "\n", "&url=", "&amp;", "26.11.2026", "\u202a", "\x00", "::1", "http://[",
    "https://urldefense.com/v3/__", "__;", "xn--", "ünïcode.example/", "q=", ":99999/", "\t",
])  # fmt: skip
ANYTHING = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=6))).map("".join))


@settings(max_examples=1000)
@given(ANYTHING)
def test_no_text_crashes_or_yields_anything_but_https(text):
    found = reading.read(text)
    assert not found.link or found.link.startswith("https://")
    assert not found.insecure or found.insecure.startswith("http://")
    for link in filter(None, (found.link, found.insecure)):
        address = parsed(link)
        assert address is not None
        assert "@" not in address.host
        assert link.isascii()
        assert link.isprintable()
        assert not set(' "<>\\^`{|}') & set(link)
    assert len(found.line) <= phones.LONGEST
    for code in (*found.faults, *filter(None, [found.refused])):
        assert code in words.SENTENCES


@given(
    st.lists(st.integers(10**9, 10**11 - 1), min_size=1, max_size=4), st.integers(10**8, 10**9 - 1)
)
def test_no_digit_of_a_number_or_code_is_lost(numbers, code):
    lines = [f"+{number} Somewhere" for number in numbers]
    line = reading.read("\n".join(["https://zoom.us/j/84012345678", *lines, f"Code: {code}#"])).line
    for number in numbers:
        assert str(number) in phones.digits(line)
    assert f"{code}#" in line


@pytest.mark.parametrize("many", [12, 40])
def test_numbers_that_do_not_fit_are_left_out_whole_and_codes_never(many):
    numbers = [f"+385 1 555 {one:04}" for one in range(many)]
    text = "\n".join(
        ["https://zoom.us/j/84012345678", *numbers, "ID: 840 1234 5678", "PIN: 839201"]
    )
    line = reading.read(text).line
    assert len(line) <= phones.LONGEST
    kept = line.split(" · ")[0].split(", ")
    assert kept == numbers[: len(kept)]
    assert line.endswith(" · ID 840 1234 5678 · PIN 839201")


def test_the_months_of_the_languages_of_the_network():
    eleventh = (
        "November novembre noviembre novembro studenoga listopad listopadu novembra nëntor новембар "
        "ноември Νοεμβρίου noiembrie kasım"
    )
    assert {word for word in eleventh.split() if 11 not in months(word)} == set()
