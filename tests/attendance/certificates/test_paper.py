"""Certificates on paper, read back with other people's programs."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from pypdfium2 import PdfDocument

from attendance.certificates import paper
from attendance.certificates.facts import ROLES, CertificateFacts
from tests.attendance.certificates import readers, samples

INNER_RIGHT_EDGE_MM = 277.5


@pytest.fixture(scope="module")
def printed():
    return {
        language: paper.render_certificate(samples.certificate(language))
        for language in samples.LANGUAGES
    }


def test_a_foreign_program_finds_nothing_wrong_with_accessibility(printed, tmp_path):
    files = []
    for language, made in printed.items():
        files.append(tmp_path / f"{language}.pdf")
        files[-1].write_bytes(made)
    report = tmp_path / "report.json"
    program = Path(sys.executable).with_name("outloud")
    command = [program, "--json", report, "--fail-on", "warning", "--quiet", *files]
    verdict = subprocess.run(command, capture_output=True, check=False, text=True)
    assert verdict.returncode == 0, verdict.stdout
    assert verdict.stdout.count("PASS") == len(files)


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_alphabet_is_printed_and_can_be_read_back(printed, language):
    facts = samples.certificate(language)
    wanted = [
        facts.holder_name,
        facts.holder_school,
        facts.place,
        facts.title,
        facts.number,
        facts.signatory_name,
        facts.issuer_name["en"],
        "Certificate of participation",
        "133 of 150 minutes",
        "1 hour = 60 minutes, rule hr-2026.1",
        "26 November 2026",
        "kolega.example/v",
    ]
    for read in (readers.text(printed[language]), readers.other_text(printed[language])):
        missing = [] if read is None else [each for each in wanted if each not in read]
        assert missing == []


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_certificate_is_one_page_of_a4_across(printed, language):
    assert readers.pages(printed[language]) == 1
    width, height = PdfDocument(printed[language])[0].get_size()
    size = (round(width / readers.POINTS_PER_MM), round(height / readers.POINTS_PER_MM))
    assert size == (297, 210)


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_the_code_opens_the_check_page(printed, language, tmp_path):
    url = samples.certificate(language).check_url
    assert readers.codes(printed[language]) == [url]
    assert readers.other_codes(printed[language], tmp_path) in ([url], None)


def test_the_code_is_large_enough_for_a_phone(printed):
    assert readers.code_width_mm(printed["hr"]) >= 25


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_the_facts_travel_inside_the_file(printed, language):
    files = readers.attachments(printed[language])
    assert list(files) == ["certificate.json"]
    stored = json.loads(files["certificate.json"])
    assert CertificateFacts.from_dict(stored) == samples.certificate(language)


def test_the_file_declares_what_it_is(printed):
    declared = printed["hr"].decode("latin-1")
    for entry in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert entry in declared
    document = PdfDocument(printed["hr"])
    assert document.get_metadata_value("Title") == "Potvrda o sudjelovanju: " + (
        samples.certificate("hr").holder_name
    )


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_the_national_language_comes_first_and_english_second(printed, language):
    read = readers.text(printed[language])
    english = read.index("Certificate of participation")
    assert read.index(samples.certificate(language).holder_name) > english
    heading = PdfDocument(printed[language]).get_metadata_value("Title").split(":")[0]
    assert read.index(heading) < english


def test_the_same_facts_give_the_same_bytes(printed):
    assert paper.render_certificate(samples.certificate("hr")) == printed["hr"]
    paper._compiler.cache_clear()
    assert paper.render_certificate(samples.certificate("hr")) == printed["hr"]
    later = samples.CROATIAN.issued_at + timedelta(seconds=1)
    assert paper.render_certificate(samples.certificate("hr", issued_at=later)) != printed["hr"]


def test_threads_never_print_each_others_names():
    everybody = [samples.certificate("hr", holder_name=f"Ana {'Iva ' * at}") for at in range(12)]
    alone = [paper.render_certificate(facts) for facts in everybody]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(paper.render_certificate, everybody)) == alone


LONG = [
    "Maria da Conceição Albuquerque de Vasconcelos e Sousa Figueiredo Guimarães",
    "Wolfeschlegelsteinhausenbergerdorff-Kowalewska-Brzęczyszczykiewicz-Świętosławska",
    "A" * 90,
    "Αλεξάνδρα Παπακωνσταντινοπούλου-Χατζηδημητριάδου του Θεμιστοκλέους και της Πηνελόπης",
]


@pytest.mark.parametrize("name", LONG, ids=["words", "hyphens", "one word", "Greek"])
def test_a_long_name_stays_whole_and_inside_the_frame(name):
    made = paper.render_certificate(samples.certificate("hr", holder_name=name))
    assert readers.pages(made) == 1
    assert readers.right_edge_mm(made) <= INNER_RIGHT_EDGE_MM
    assert name.replace(" ", "") in readers.text(made).replace(" ", "").replace("--", "-")


def test_the_longest_texts_together_still_fit_on_one_page():
    made = paper.render_certificate(
        samples.certificate(
            "el",
            holder_name=LONG[3],
            holder_school="Δημοτικό Σχολείο Λόφου και Περιχώρων " * 3,
            title="Μικρά βήματα στην τάξη για όλους " * 8,
            title_english="Small steps in the classroom for everybody " * 7,
            place="Ιωάννινα, αίθουσα εκδηλώσεων του δημαρχείου",
            field={
                "en": "Digital teaching and learning in small schools",
                "el": "Ψηφιακή διδασκαλία",
            },
            issuer_name={"en": "Network " * 8, "el": "Δίκτυο " * 8},
            signatory_title="συντονίστρια του δικτύου σχολείων της περιφέρειας",
            accreditation="Πιστοποιημένος φορέας αρ. 0412",
        )
    )
    assert readers.pages(made) == 1
    assert readers.right_edge_mm(made) <= INNER_RIGHT_EDGE_MM
    assert readers.codes(made) == [samples.CROATIAN.check_url]
    unit, signature = (readers.span_mm(made, each) for each in ("rule hr-2026.1", "Ljiljana Čović"))
    assert unit[0] > signature[1] + 2


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")*x*$a$',
        "= Ana_Iva `x` <y> @z",
        "Ana \\u{41} // Iva /* x */",
        "{{ 7*7 }} Iva",
    ],
    ids=["code", "marks", "comments", "braces"],
)
def test_a_hostile_text_is_printed_as_it_is(name):
    made = paper.render_certificate(samples.certificate("hr", holder_school=name, title=name))
    assert readers.text(made).count(name) == 2
    if "@" not in name:
        named = paper.render_certificate(samples.certificate("hr", holder_name=name))
        assert name in readers.text(named)


def test_invisible_and_turning_characters_are_left_out():
    name = "\u202eAna\u200b\u0007 \t Ho\u0301lm\u00ad\n"
    assert paper.printable_name(name) == "Ana Hólm"
    made = paper.render_certificate(samples.certificate("hr", holder_name=name, place=name))
    assert readers.text(made).count("Ana Hólm") == 3


@pytest.mark.parametrize("name", ["გიორგი მაისურაძე", "王芳", "مريم", "Ana 😀", "Ana \U0002a6d6"])
def test_a_name_we_have_no_font_for_is_refused_by_name(name):
    with pytest.raises(paper.GlyphMissing) as caught:
        paper.render_certificate(samples.certificate("hr", holder_name=name))
    assert caught.value.data == {"name": name}


def test_another_text_we_have_no_font_for_is_named_too():
    with pytest.raises(paper.GlyphMissing) as caught:
        paper.render_certificate(samples.certificate("hr", title="Kako reći 王"))
    assert "Kako reći 王" in caught.value.data["name"]


@pytest.mark.parametrize("name", ["", "  \t", "ana.anic@example.org", "12 34", "\u200b", "---"])
def test_a_certificate_without_a_name_is_refused(name):
    with pytest.raises(paper.NameMissing):
        paper.render_certificate(samples.certificate("hr", holder_name=name))


def test_a_mistake_in_a_template_is_not_taken_for_a_missing_glyph():
    with pytest.raises(typst.TypstError) as caught:
        typst.compile(b"#nmae")
    assert paper._explained(caught.value, {}) is caught.value


def test_the_percentage_is_printed_only_where_the_facts_say_so():
    shown = readers.text(paper.render_certificate(samples.certificate("hr")))
    hidden = readers.text(paper.render_certificate(samples.certificate("hr", show_percent=False)))
    assert "89 %" in shown
    assert "attendance, measured" in shown
    assert "%" not in hidden
    assert "attendance" not in hidden


@pytest.mark.parametrize("evidence", ["presumed", "attested", "corrected"])
def test_what_was_not_measured_is_not_called_measured(evidence):
    read = readers.text(paper.render_certificate(samples.certificate("hr", evidence=evidence)))
    assert f"attendance, {evidence}" in read
    assert "measured" not in read
    assert "izmjerena" not in read


def test_nothing_is_claimed_that_the_facts_do_not_say():
    claims = re.compile(
        "verified|certified|sealed|accredit|signed|guarantee|official", re.IGNORECASE
    )
    assert claims.findall(readers.text(paper.render_certificate(samples.CROATIAN))) == []
    made = paper.render_certificate(samples.certificate("hr", accreditation="Accredited no. 0412"))
    assert "Accredited no. 0412" in readers.text(made)


def test_hours_are_never_printed_without_their_minutes():
    read = readers.text(paper.render_certificate(samples.certificate("hr", unit_minutes=45)))
    assert "1 sat = 45 minuta" in read
    assert re.findall(r"\d[\d.,]* ?(?:h|hours|sati|sata)\b", read) == []


def test_english_alone_is_not_said_twice():
    facts = samples.certificate("hr", language="en", title="Small steps", title_english="")
    read = readers.text(paper.render_certificate(facts))
    assert read.count("Certificate of participation") == 1
    assert read.count("Small steps") == 1
    assert read.count("133 of 150 minutes") == 1


def test_a_language_without_a_catalogue_gets_english_instead_of_a_mixture():
    read = readers.text(paper.render_certificate(samples.certificate("hr", language="fi")))
    assert read.count("Certificate of participation") == 1
    assert "26 November 2026" in read
    assert "marraskuuta" not in read


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_heading_of_its_own(role):
    made = paper.render_certificate(samples.certificate("hr", role=role))
    title = PdfDocument(made).get_metadata_value("Title")
    assert title.startswith("Potvrda o ")


def test_several_days_and_midnight():
    facts = samples.CROATIAN
    until_midnight = samples.certificate("hr", ends_at=facts.starts_at.replace(hour=23))
    assert "26. studenoga 2026.," in readers.text(paper.render_certificate(until_midnight))
    two_days = samples.certificate("hr", ends_at=facts.ends_at + timedelta(days=1))
    read = readers.text(paper.render_certificate(two_days))
    assert "26. studenoga 2026. – 27. studenoga 2026." in read
    assert "26 November 2026 to 27 November 2026" in read


@pytest.mark.parametrize("dots", [0, 1, 4, 6, 12])
def test_the_figure_shows_as_many_schools_as_there_are(dots):
    made = paper.render_certificate(samples.certificate("hr", dots=dots))
    assert readers.pages(made) == 1
    band = readers.picture(made, dots_per_inch=127).crop((20, 90, 250, 290)).convert("RGB")
    white = sum(count for count, colour in band.getcolors(1 << 16) if colour == (255, 255, 255))
    assert (white == 0) == (dots == 0)


def test_the_fonts_are_small_and_carry_their_licence():
    folder = Path(paper.__file__).parent / "fonts"
    assert sum(each.stat().st_size for each in folder.glob("*.ttf")) < 450_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
