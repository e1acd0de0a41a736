"""Papers as tagged PDF (PDF/UA-1 checked by the compiler, PDF/A-3a declared).

The same facts give the same bytes. Fonts are the bundled ones and no others, so a paper looks the
same on every machine; a character they lack is an error, never an empty box. What people typed
reaches the templates as data, so it cannot act as markup.
"""

import functools
import io
import json
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, cast

import segno
import typst

from attendance.certificates import facts, sheets
from attendance.certificates.wording import certificate, door, statement
from attendance.certificates.wording.tongue import Sheet
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

_HERE = Path(__file__).parent
_INK = "#1c2530"
_NAMES = ("holder", "name")
_INVISIBLE = ("Cc", "Cf")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_NO_GLYPH = re.compile(r'the text `"(?P<character>.+?)"` could not be displayed')

# One compiler keeps the inputs of one paper at a time.
_one_at_a_time = threading.Lock()


class NameMissing(DomainError):
    """There is no name to print, or an address stands in its place."""

    code: ClassVar[str] = "name_missing"
    status: ClassVar[int] = 422
    sentence = gettext_noop("A certificate needs the person's name. Enter it in the profile first.")


class GlyphMissing(DomainError):
    """The fonts lack a character; data: `name` (the name or text with that character)."""

    code: ClassVar[str] = "glyph_missing"
    status: ClassVar[int] = 422
    sentence = gettext_noop(
        "“%(name)s” cannot be printed. Enter it in Latin, Greek or Cyrillic letters."
    )


def render_certificate(record: facts.CertificateFacts) -> bytes:
    """One A4 page, landscape, with the facts attached as JSON.

    Raises NameMissing for a name without a letter and GlyphMissing for a script we have no font for.
    """
    sheet = certificate.sheet(record)
    sheet["holder"] = printable_name(record.holder_name)
    inputs = {"facts": facts.canonical(record).decode(), "qr": qr(record.check_url)}
    return _compile("certificate", sheet, inputs, at=record.issued_at)


def set_letters(letters: str, *, at: datetime) -> None:
    """Set letters in every face of the papers; raises GlyphMissing for what no font has."""
    _compile("letters", {"letters": letters, "lang": "en", "region": "GB"}, {}, at=at)


def render_statement(record: facts.HoursStatementFacts) -> bytes:
    """All hours of a period, A4 upright; refuses names as `render_certificate` does."""
    sheet = statement.sheet(record)
    sheet["holder"] = printable_name(record.holder_name)
    inputs = {"facts": facts.canonical(record).decode(), "qr": qr(record.check_url)}
    return _compile("statement", sheet, inputs, at=record.issued_at)


def render_sign_in_sheet(sheet: sheets.SignInSheet) -> bytes:
    """The list to sign, A4 upright; raises GlyphMissing for a script we have no font for."""
    inputs = {"qr": qr(sheet.photo_url) if sheet.photo_url else ""}
    return _compile("sign-in", door.sign_in(sheet), inputs, at=sheet.made_at)


def render_ticket_cards(sheet: sheets.TicketCards) -> bytes:
    """Cards to cut out, eight on each A4 sheet; refuses names as `render_certificate` does."""
    data = door.cards(sheet)
    data["cards"] = [_card(card, sheet.occasion) for card in sheet.cards]
    return _compile("cards", data, {}, at=sheet.made_at)


def _card(card: sheets.TicketCard, occasion: sheets.Occasion) -> Sheet:
    name = printable_name(card.name)
    return {
        **door.card(occasion, card, name),
        "name": name,
        "school": card.school,
        "code": card.code,
        "qr": qr(card.url),
    }


def printable_name(name: str) -> str:
    """The name in one line and composed letters; raises NameMissing."""
    tidy = " ".join(clean(" ".join(name.split())).split())
    if "@" in tidy or not any(each.isalpha() for each in tidy):
        raise NameMissing
    return tidy


def qr(text: str) -> str:
    """`text` as a QR code, level M, without quiet zone, as an SVG of one unit per module."""
    drawing = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawing, kind="svg", border=0, dark=_INK, xmldecl=False, omitsize=True)
    return drawing.getvalue().decode()


def _compile(template: str, sheet: Sheet, inputs: dict[str, str], *, at: datetime) -> bytes:
    tidy = clean(sheet)
    text = json.dumps(tidy, ensure_ascii=False)
    compiler = _compiler(template, os.getpid())
    try:
        with _one_at_a_time:
            made = compiler.compile(
                format="pdf",
                sys_inputs={"data": text, **inputs},
                pdf_standards=["ua-1", "a-3a"],
                timestamp=at.replace(microsecond=0),  # typst takes whole seconds
            )
    except typst.TypstError as error:
        raise _explained(error, tidy) from error
    return cast(bytes, made)  # without an output path, one PDF comes back as bytes


@functools.cache
def _compiler(template: str, process: int) -> typst.Compiler:  # noqa: ARG001 - a child process needs its own
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[_HERE / "fonts"],
    )
    root = _HERE / "papers"
    return typst.Compiler(root / f"{template}.typ", root=root, font_paths=fonts)


def _explained(error: typst.TypstError, sheet: Sheet) -> Exception:
    """Which of the texts has the character that the compiler could not print."""
    told = _NO_GLYPH.search(error.message)
    if told is None:
        return error
    character = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), told["character"])
    guilty = (text for text in texts(sheet) if character in text)
    return GlyphMissing(name=next(guilty, character))


def texts(value: object) -> Iterator[str]:
    """All strings in a sheet, names of people first."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value, key=lambda each: each not in _NAMES):
            yield from texts(value[key])
    elif isinstance(value, Sequence):
        for each in value:
            yield from texts(each)


def clean(value: Any) -> Any:
    """Composed letters, and nothing invisible: such characters could turn the text around."""
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return "".join(each for each in composed if unicodedata.category(each) not in _INVISIBLE)
    if isinstance(value, Mapping):
        return {key: clean(each) for key, each in value.items()}
    return [clean(each) for each in value] if isinstance(value, list) else value
