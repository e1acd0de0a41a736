"""Statements of hours, sign-in sheets and ticket cards, read back."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attendance.certificates import paper, printing, sheets
from attendance.certificates.facts import HoursStatementFacts
from tests.attendance.certificates import readers, samples

OCCASION = sheets.Occasion(
    title="Mali koraci u STEM-u",
    title_language="hr",
    language="hr",
    country="HR",
    starts_at=samples.CROATIAN.starts_at,
    ends_at=samples.CROATIAN.ends_at,
    zone="Europe/Zagreb",
    place="OŠ Vrbik, knjižnica",
)
MADE_AT = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
NAMES = [(holder, school) for _, _, _, holder, school, _, _ in samples.PEOPLE]


def sign_in_sheet(**changes) -> sheets.SignInSheet:
    values = {
        "occasion": OCCASION,
        "guests": tuple(sheets.Guest(name=name, school=school) for name, school in NAMES),
        "spare": 7,
        "photo_url": "https://kolega.example/attendance/17/photo",
        "made_at": MADE_AT,
    }
    return sheets.SignInSheet(**{**values, **changes})


def ticket_cards(count: int = 13, **changes) -> sheets.TicketCards:
    cards = tuple(
        sheets.TicketCard(
            name=name,
            school=school,
            code=f"K7M-4Q{at:02d}",
            url=f"https://kolega.example/t/{at:012d}",
        )
        for at, (name, school) in enumerate((NAMES * 3)[:count])
    )
    return sheets.TicketCards(
        **{"occasion": OCCASION, "cards": cards, "made_at": MADE_AT, **changes}
    )


def test_a_foreign_program_finds_nothing_wrong_with_accessibility(tmp_path):
    made = {
        "statement": paper.render_statement(samples.statement(rows=45)),
        "sign-in": paper.render_sign_in_sheet(sign_in_sheet()),
        "cards": paper.render_ticket_cards(ticket_cards()),
    }
    files = [tmp_path / f"{name}.pdf" for name in made]
    for file, content in zip(files, made.values(), strict=True):
        file.write_bytes(content)
    program = Path(sys.executable).with_name("outloud")
    command = [program, "--fail-on", "warning", "--quiet", *files]
    verdict = subprocess.run(command, capture_output=True, check=False, text=True)
    assert verdict.returncode == 0, verdict.stdout
    assert verdict.stdout.count("PASS") == len(files)


def test_a_statement_lists_every_certificate_and_keeps_units_apart(tmp_path):
    facts = samples.statement(rows=45)
    made = paper.render_statement(facts)
    read = readers.text(made)
    assert [row.number for row in facts.rows if row.number not in read] == []
    short, full = facts.totals
    assert f"1 hour = 45 min: {short.minutes} min, that is {short.hours} h {short.rest} min" in read
    assert f"1 hour = 60 min: {full.minutes} min, that is {full.hours} h {full.rest} min" in read
    assert "1. rujna 2026. – 31. prosinca 2026." in read
    assert "1 September 2026 to 31 December 2026" in read
    assert readers.pages(made) == 2
    assert "1 / 2" in read
    assert readers.codes(made) == [facts.check_url]
    assert readers.other_codes(made, tmp_path) in ([facts.check_url], None)
    other = readers.other_text(made)
    assert other is None or facts.rows[-1].number in other


def test_a_statement_carries_its_facts():
    facts = samples.statement()
    files = readers.attachments(paper.render_statement(facts))
    assert HoursStatementFacts.from_dict(json.loads(files["statement.json"])) == facts


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_statement_is_printed_in_every_alphabet(language):
    holder = samples.certificate(language).holder_name
    facts = samples.statement(language=language, holder_name=holder)
    read = readers.text(paper.render_statement(facts))
    assert holder in read
    assert "Statement of hours" in read


def test_a_statement_of_hundreds_of_rows_keeps_every_row():
    facts = samples.statement(rows=400)
    made = paper.render_statement(facts)
    read = readers.text(made)
    assert sum(row.number in read for row in facts.rows) == 400
    assert read.count("Certificate") >= readers.pages(made)


def test_statements_refuse_what_certificates_refuse():
    with pytest.raises(paper.NameMissing):
        paper.render_statement(samples.statement(holder_name=" "))
    with pytest.raises(paper.GlyphMissing):
        paper.render_statement(samples.statement(holder_name="王芳"))


def test_a_sign_in_sheet_has_a_line_for_everybody_and_the_spare_ones(tmp_path):
    made = paper.render_sign_in_sheet(sign_in_sheet())
    read = readers.text(made)
    assert [name for name, _ in NAMES if name not in read] == []
    assert "26. studenoga 2026., 16:00–18:30" in read
    assert "Europe/Zagreb" in read
    assert f"{len(NAMES) + 7} " in read
    assert f"{len(NAMES) + 8} " not in read
    assert readers.codes(made) == ["https://kolega.example/attendance/17/photo"]


def test_a_sign_in_sheet_without_a_photo_address_has_no_code():
    made = paper.render_sign_in_sheet(sign_in_sheet(photo_url=""))
    assert readers.codes(made) == []
    assert "Mali koraci u STEM-u" in readers.text(made)


def test_every_ticket_card_carries_its_own_code():
    sheet = ticket_cards(13)
    made = paper.render_ticket_cards(sheet)
    assert readers.pages(made) == 2
    found = [code for page in range(2) for code in readers.codes(made, page)]
    assert sorted(found) == sorted(card.url for card in sheet.cards)
    read = readers.text(made)
    assert [card.code for card in sheet.cards if read.count(card.code) != 1] == []


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (39, 5)])
def test_eight_cards_fit_on_a_sheet(count, pages):
    assert readers.pages(paper.render_ticket_cards(ticket_cards(count))) == pages


def test_a_card_without_a_name_is_refused():
    card = sheets.TicketCard(
        name=" ", school="OŠ Vrbik", code="K7M", url="https://kolega.example/t"
    )
    with pytest.raises(paper.NameMissing):
        paper.render_ticket_cards(ticket_cards(cards=(card,)))


def test_the_door_papers_are_the_same_bytes_twice():
    assert paper.render_sign_in_sheet(sign_in_sheet()) == paper.render_sign_in_sheet(
        sign_in_sheet()
    )
    assert paper.render_ticket_cards(ticket_cards()) == paper.render_ticket_cards(ticket_cards())


def test_an_occasion_over_midnight_names_both_days():
    night = sheets.Occasion(
        **{**OCCASION.__dict__, "ends_at": datetime(2026, 11, 27, 9, 0, tzinfo=UTC)}
    )
    read = readers.text(paper.render_sign_in_sheet(sign_in_sheet(occasion=night)))
    assert "26. studenoga 2026., 16:00 – 27. studenoga 2026., 10:00" in read


def test_a_clock_between_two_seconds_prints_all_the_same():
    between = MADE_AT.replace(microsecond=123_456)
    assert paper.render_sign_in_sheet(sign_in_sheet(made_at=between)).startswith(b"%PDF")
    assert paper.render_ticket_cards(ticket_cards(made_at=between)).startswith(b"%PDF")


def test_many_papers_are_bound_between_two_seconds():
    between = MADE_AT.replace(microsecond=123_456)
    single = paper.render_certificate(samples.certificate())
    assert printing.bundle([single, single], at=between).startswith(b"%PDF")
