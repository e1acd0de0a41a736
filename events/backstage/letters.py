"""Letters as they go to SMTP: several forms of one text, and an invitation calendars can read."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from types import MappingProxyType
from typing import cast

from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop

HTML_LIMIT = 30_000
PLAIN_SUBJECT = 60
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_HEADER_NAME = re.compile("[A-Za-z][A-Za-z0-9-]*")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class _Subject(UniqueUnstructuredHeader):
    """A subject that keeps its spaces: none stands between two encoded words.

    Mail programs drop white space there (RFC 2047, section 6.2); the standard library puts it there.
    """

    def fold(self, *, policy: Policy) -> str:
        """The header as lines: plain when short ASCII, else all of it in encoded words."""
        text = str(self)
        if text.isascii() and len(text) <= PLAIN_SUBJECT and "=?" not in text:
            lines = text
        else:
            lines = Header(text, "utf-8", header_name="Subject").encode(linesep=policy.linesep)
        return f"Subject: {lines}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("subject", cast("type[BaseHeader]", _Subject))  # the registry mixes it in
_SEVEN_BIT = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)


class LetterRefused(DomainError):
    """A letter that would break mail programs or carry somebody else's headers."""

    code = "letter_refused"
    status = 422
    sentence = gettext_noop("This mail cannot be sent. Tell your administrator.")


class AddressRefused(LetterRefused):
    """Not one e-mail address that mail servers take."""

    code = "address_refused"
    sentence = gettext_noop("This e-mail address cannot be used. Check it for spaces and commas.")


class HeaderRefused(LetterRefused):
    """A header name or value that would end its line, or a Message-ID that is none."""

    code = "header_refused"


class HtmlTooLong(LetterRefused):
    """More than 30 kB of HTML; mail programs cut long mails off."""

    code = "html_too_long"


class MethodDiffers(LetterRefused):
    """The calendar's METHOD is not the one of its MIME part; mail programs refuse such mail."""

    code = "method_differs"


def build_letter(
    *,
    to_name: str,
    to_address: str,
    from_name: str,
    from_address: str,
    reply_to: str,
    subject: str,
    text: str,
    html: str = "",
    ics: bytes | None = None,
    ics_method: str = "",
    message_id: str,
    language: str,
    at: datetime | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> EmailMessage:
    """One letter to one person; `reply_to` and `html` may be empty, `at` becomes Date.

    With `ics` it is an invitation as RFC 6047 wants it: the calendar is the last alternative, with
    its `ics_method`, and once more a file. Line ends in names and subject become spaces. Raises
    AddressRefused, HeaderRefused, HtmlTooLong or MethodDiffers, all of them LetterRefused.
    """
    letter = EmailMessage(policy=_SEVEN_BIT)
    _add_names(letter, _mailbox(from_name, from_address), _mailbox(to_name, to_address), reply_to)
    letter["Subject"] = _one_line(subject)
    letter["Message-ID"] = _checked_message_id(message_id)
    if at is not None:
        letter["Date"] = at
    _add_headers(letter, headers)
    _add_bodies(letter, text, html)
    if ics is None:
        # Keeps absence notes from answering; calendars skip invitations that carry it.
        letter["Auto-Submitted"] = "auto-generated"
    else:
        _add_calendar(letter, ics, ics_method)
    # Last, because Content-… headers move into the first part when a letter gets parts.
    letter["Content-Language"] = _checked_value(language)
    return letter


def _add_names(letter: EmailMessage, sender: Address, reader: Address, reply_to: str) -> None:
    letter["From"] = sender
    letter["To"] = reader
    if reply_to:
        letter["Reply-To"] = _mailbox("", reply_to)


def checked_address(address: str) -> str:
    """The address as mail servers take it, an international domain in ASCII.

    Raises AddressRefused for several addresses, line ends, letters outside ASCII before the @.
    """
    try:
        parsed = Address(addr_spec=address)
        domain = parsed.domain.encode("idna").decode()
    except (ValueError, IndexError, MessageError, HeaderParseError) as error:
        raise AddressRefused(address=address) from error
    plain = f"{parsed.username}@{domain}"
    if not parsed.username or not domain or _CONTROLS.search(plain) or " " in plain:
        raise AddressRefused(address=address)
    return plain


def _mailbox(name: str, address: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=checked_address(address))


def _one_line(text: str) -> str:
    return _CONTROLS.sub(" ", text).strip()


def _checked_value(value: str) -> str:
    if _CONTROLS.search(value):
        raise HeaderRefused(value=value)
    return value


def _checked_message_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise HeaderRefused(value=message_id)
    return message_id


def _add_headers(letter: EmailMessage, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or name in letter:
            raise HeaderRefused(value=name)
        letter[name] = _checked_value(value)


def _add_bodies(letter: EmailMessage, text: str, html: str) -> None:
    letter.set_content(text)
    if len(html.encode()) > HTML_LIMIT:
        raise HtmlTooLong(limit=HTML_LIMIT)
    if html:
        letter.add_alternative(html, subtype="html")


def _add_calendar(letter: EmailMessage, ics: bytes, method: str) -> None:
    if f"METHOD:{method}".encode() not in ics.split(b"\r\n"):
        raise MethodDiffers(method=method)
    letter.add_alternative(ics.decode(), subtype="calendar", params={"method": method})
    letter.add_attachment(ics, maintype="application", subtype="ics", filename="invite.ics")
