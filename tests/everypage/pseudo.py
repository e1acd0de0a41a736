"""A language that nobody speaks: every text we translate, between marks.

Texts are collected from the source as `makemessages` does, so a text that is put together while
the program runs, or never marked, is not among them. Standing in for English, the language of
everybody in the world of these tests, it needs no choosing.
"""

import ast
import gettext
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
from django.conf import settings
from django.utils.translation import template as templates

OPEN, CLOSE = "[!!", "!!]"
APPS = ("config", "events", "recordings", "attendance", "integrations")
CALLS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2,
    "pgettext": -1, "pgettext_lazy": -1, "npgettext": -2,
}  # fmt: skip
LITERAL = r"""u?(?:'''(?:\\.|.)*?'''|\"\"\"(?:\\.|.)*?\"\"\"|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(\w+)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)
Message = tuple[str, str, str]
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def marked(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def messages() -> set[Message]:
    """Context, text and plural of everything that is marked in our source."""
    found: set[Message] = set()
    for app in APPS:
        for file in (settings.BASE_DIR / app).rglob("*"):
            if file.suffix == ".py" and "migrations" not in file.parts:
                found |= set(_in_python(file.read_text(encoding="utf-8")))
            elif file.suffix in {".html", ".txt", ".xml"} and "templates" in file.parts:
                found |= set(_in_template(file.read_text(encoding="utf-8")))
    return found


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield from _message(name, [text for text in texts if isinstance(text, str)])


def _in_template(source: str) -> Iterator[Message]:
    for name, texts in CALL.findall(templates.templatize(source)):
        yield from _message(name, list(ast.literal_eval(f"({texts},)")))


def _message(name: str, texts: list[str]) -> Iterator[Message]:
    number = CALLS.get(name, 0)
    if number and len(texts) >= abs(number) + (number < 0):
        context = texts.pop(0) if number < 0 else ""
        yield context, texts[0], texts[1] if abs(number) > 1 else ""


def _of_others() -> set[Message]:
    """What Django and allauth bring translated themselves."""
    found = set()
    roots = (Path(django.__file__).parent, Path(allauth.__file__).parent)
    for file in (one for root in roots for one in root.rglob("locale/*/LC_MESSAGES/django.mo")):
        if file.parts[-3] not in {"hr", "sq", "de", "fr"}:
            continue
        with file.open("rb") as opened:
            catalog = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        for key in catalog:
            text = key[0] if isinstance(key, tuple) else key
            context, _, plain = text.rpartition("\x04")
            found.add((context, plain, f"{plain}" if isinstance(key, tuple) else ""))
    return {one for one in found if one[1] and not _is_a_format(one[1])}


def _is_a_format(text: str) -> bool:
    return not any(sign.isalpha() for sign in text.replace("%s", ""))


def write(folder: Path) -> Path:
    """Compile the language into `folder` as English; returns the folder for LOCALE_PATHS."""
    lines = {"": HEADER}
    for context, text, plural in sorted(_of_others() | messages()):
        key = f"{context}\x04{text}" if context else text
        if plural:
            lines[f"{key}\0{plural}"] = f"{marked(text)}\0{marked(plural)}"
        lines.setdefault(key, marked(text))
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.mo").write_bytes(_compiled(lines))
    return folder


def _compiled(lines: dict[str, str]) -> bytes:
    """The format of GNU gettext: a header, two tables of lengths and places, the texts."""
    keys = sorted(key.encode() for key in lines)
    values = [lines[key.decode()].encode() for key in keys]
    texts, tables, begin = b"", [], 28 + 16 * len(keys)
    for text in (*keys, *values):
        tables.append(struct.pack("<II", len(text), begin + len(texts)))
        texts += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, begin)
    return head + b"".join(tables) + texts
