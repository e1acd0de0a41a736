"""Whether a certificate could be printed is known without printing it, and says the same."""

import pytest

from attendance.certificates import paper, printable
from tests.attendance.certificates import samples


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(printable, "_printed", set())
    monkeypatch.setattr(printable, "_wordings", {})


@pytest.fixture
def tried(monkeypatch):
    """The letters that were set in type, by call."""
    calls = []
    before = paper.set_letters
    monkeypatch.setattr(
        paper, "set_letters", lambda text, *, at: (calls.append(text), before(text, at=at))
    )
    return calls


@pytest.mark.parametrize("name", ["გიორგი", "王芳", "مريم", "Ana 😀", "Ana \U0002a6d6"])
@pytest.mark.parametrize("field", ["holder_name", "holder_school", "title", "place"])
def test_a_text_we_have_no_font_for_is_refused_by_name(name, field):
    record = samples.certificate("hr", **{field: f"Ana {name}"})
    with pytest.raises(paper.GlyphMissing) as printed:
        paper.render_certificate(record)
    with pytest.raises(paper.GlyphMissing) as checked:
        printable.check_certificate(record)
    assert checked.value.data == printed.value.data


def test_an_address_is_no_name():
    with pytest.raises(paper.NameMissing):
        printable.check_certificate(samples.certificate("hr", holder_name="ana@example.org"))


def test_one_who_cannot_be_printed_does_not_hold_up_the_next():
    with pytest.raises(paper.GlyphMissing):
        printable.check_certificate(samples.certificate("hr", holder_name="王芳"))
    printable.check_certificate(samples.certificate("hr", holder_name="Ana Anić"))


def test_letters_seen_before_are_not_set_again(tried):
    printable.check_certificate(samples.certificate("hr", holder_name="Ana Anić"))
    printable.check_certificate(samples.certificate("hr", holder_name="Ina Canić"))
    assert len(tried) == 1
    printable.check_certificate(samples.certificate("hr", holder_name="Žana Anić"))
    assert tried[1:] == ["Ž"]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_what_is_let_through_can_be_printed(language):
    record = samples.certificate(language)
    printable.check_certificate(record)
    assert paper.render_certificate(record).startswith(b"%PDF")
