"""Mails on disk, one file each, newest name last."""

import email
import email.policy
import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"\d{20}-[0-9a-f]{8}")
PAGE = 50


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    name: str
    at: datetime
    sender: str
    to: str
    subject: str


@dataclass(frozen=True)
class Attachment:
    """A file of a mail: its place among the files, name, type and size in bytes."""

    number: int
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Mail:
    """One mail as it is read."""

    line: Line
    text: str
    html: str
    calendar: str
    attachments: tuple[Attachment, ...]


def folder() -> Path:
    """Where mails are kept."""
    return Path(settings.MAILBOX_FOLDER)


def keep(content: bytes, *, at: datetime, recipients: list[str]) -> str:
    """Write a mail to disk for good and return its name; the recipients of the envelope are kept."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    micros = int(at.timestamp() * 1_000_000)
    name = f"{micros:020d}-{secrets.token_hex(4)}"
    new = folder() / f"{name}.new"
    with new.open("wb") as file:
        file.write(b"X-Envelope-To: " + ", ".join(recipients).encode() + b"\r\n" + content)
        file.flush()
        os.fsync(file.fileno())
    new.rename(folder() / f"{name}.eml")
    return name


def lines(*, to: str = "", page: int = 1) -> tuple[list[Line], bool]:
    """A page of mails, newest first, and whether older ones follow; `to` is part of an address."""
    wanted = to.strip().lower()
    names = sorted((file.stem for file in folder().glob("*.eml")), reverse=True)
    if wanted:
        names = [name for name in names if wanted in _line(name).to.lower()]
    first = (page - 1) * PAGE
    return [_line(name) for name in names[first : first + PAGE]], len(names) > first + PAGE


def read(name: str) -> Mail | None:
    """The mail of this name, or None."""
    if not NAME.fullmatch(name) or not (folder() / f"{name}.eml").is_file():
        return None
    message = _message(name)
    return Mail(
        line=_line(name),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        calendar=next(
            (_text(p) for p in message.walk() if p.get_content_type() == "text/calendar"), ""
        ),
        attachments=tuple(_described(n, part) for n, part in enumerate(_files(message))),
    )


def attachment(name: str, number: int) -> tuple[Attachment, bytes] | None:
    """A file of a mail and its content, or None."""
    if not NAME.fullmatch(name) or not (folder() / f"{name}.eml").is_file():
        return None
    parts = _files(_message(name))
    return (
        (_described(number, parts[number]), _bytes(parts[number])) if number < len(parts) else None
    )


def _message(name: str) -> EmailMessage:
    content = (folder() / f"{name}.eml").read_bytes()
    return email.message_from_bytes(content, EmailMessage, policy=email.policy.default)


def _line(name: str) -> Line:
    with (folder() / f"{name}.eml").open("rb") as file:
        head = email.message_from_bytes(_head(file.read(65536)), policy=email.policy.default)
    return Line(
        name=name,
        at=datetime.fromtimestamp(int(name[:20]) / 1_000_000, UTC),
        sender=str(head.get("From", "")),
        to=str(head.get("X-Envelope-To", "")),
        subject=str(head.get("Subject", "")),
    )


def _head(content: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0] + b"\r\n\r\n"


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return _text(part) if isinstance(part, EmailMessage) else ""


def _text(part: EmailMessage) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        return _bytes(part).decode(charset, "replace")
    except LookupError:
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _files(message: EmailMessage) -> list[EmailMessage]:
    """The files; a calendar that is both a way to read the mail and a file is one file."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    named = {_bytes(part).strip() for part in parts if part.get_filename()}
    return [
        part
        for part in parts
        if part.get_filename()
        or (
            part.get_content_type() not in {"text/plain", "text/html"}
            and _bytes(part).strip() not in named
        )
    ]


def _described(number: int, part: EmailMessage) -> Attachment:
    kind = part.get_content_type()
    name = part.get_filename() or ("invite.ics" if kind == "text/calendar" else f"file-{number}")
    return Attachment(number, re.sub(r"[^\w.() -]", "_", name), kind, len(_bytes(part)))
