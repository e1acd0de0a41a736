"""What a mail says, once; drawn as HTML and as plain text, so that neither can say less."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from events.backstage.post import Draft
from events.people.queries import Address


@dataclass(frozen=True)
class Action:
    """Something to do, as a link; without an address only words."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Detail:
    """One line of a list of facts; with an address the value is a link."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Quote:
    """Words that stay in their own language (BCP 47)."""

    text: str
    language: str


@dataclass(frozen=True)
class Sheet:
    """A mail before it is drawn. `buttons`: the first is the main one; `opening` stands first."""

    subject: str
    title: Quote
    opening: tuple[Action, ...] = ()
    said: tuple[str, ...] = ()
    quote: Quote | None = None
    details: tuple[Detail, ...] = ()
    names: tuple[str, ...] = ()
    buttons: tuple[Action, ...] = ()
    links: tuple[Action, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Enclosed:
    """A calendar message that goes with a mail."""

    ics: bytes = b""
    method: str = ""


NOTHING_ENCLOSED = Enclosed()


def tongue(language: str) -> str:
    """The language of the interface nearest to a person's."""
    known = dict(settings.LANGUAGES)
    base = language.split("-", maxsplit=1)[0]
    return next((code for code in (language, base) if code in known), settings.LANGUAGE_CODE)


def draft(
    sheet: Sheet,
    *,
    to: Address,
    purpose: str,
    kind: str,
    event_id: int | None = None,
    from_name: str = "",
    reply_to: str = "",
    enclosed: Enclosed = NOTHING_ENCLOSED,
) -> Draft:
    """The sheet as a mail to one person; `purpose` is served at most once for ever."""
    language = tongue(to.language)
    with translation.override(language):
        values = {"sheet": sheet, "language": language, "service": settings.KOLEGA_NAME}
        text = render_to_string("mail/sheet.txt", values)
        html = render_to_string("mail/sheet.html", values)
    return Draft(
        purpose=purpose, kind=kind, to_address=to.email, to_name=to.name, language=language,
        subject=" ".join(sheet.subject.split())[:250], text=_tidy(text), html=_tidy(html),
        from_name=from_name, reply_to=reply_to, person_id=to.person_id, event_id=event_id,
        ics=enclosed.ics, ics_method=enclosed.method,
    )  # fmt: skip


def _tidy(text: str) -> str:
    """Without the blank lines that template tags leave behind: at most one in a row."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept) + "\n"
