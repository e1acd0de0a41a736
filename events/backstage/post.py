"""The only door to the mail server."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.mail import get_connection

from events.backstage import commands, letters
from events.backstage.facts import LetterQueued
from events.backstage.models import Installation, Letter
from events.backstage.reactions import Save
from events.backstage.sweep import Permanent
from events.kernel import chance

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives


# Letters that let their reader in: what they say is not kept once they are gone.
KEYS = frozenset({"sign_in", "new_password"})


@dataclass(frozen=True)
class Draft:
    """A mail ready to be queued. `purpose` names what it is for: queued at most once for ever."""

    purpose: str
    kind: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str = ""
    to_name: str = ""
    from_name: str = ""
    reply_to: str = ""
    person_id: int | None = None
    event_id: int | None = None
    ics: bytes = b""
    ics_method: str = ""


def queue(draft: Draft, *, at: datetime) -> Letter | None:
    """Queue a mail in the caller's transaction; None when this purpose was already served."""
    host = sender_address().rpartition("@")[2]
    letter, new = Letter.objects.get_or_create(
        purpose=draft.purpose,
        defaults={
            **{name: value for name, value in vars(draft).items() if name != "purpose"},
            "message_id": f"<{chance.uuid().hex}@{host}>",
            "created_at": at,
        },
    )
    if not new:
        return None
    commands.record(LetterQueued(letter_id=letter.pk), at=at)
    return letter


def is_served(purpose: str) -> bool:
    """Whether a mail of this purpose was queued."""
    return Letter.objects.filter(purpose=purpose).exists()


def queue_anew(draft: Draft, *, at: datetime) -> Letter | None:
    """Queue a mail; one of this purpose that was taken back before it left makes room for it."""
    Letter.objects.filter(purpose=draft.purpose, state=Letter.State.WITHDRAWN).delete()
    return queue(draft, at=at)


def hand_over(draft: Draft, *, at: datetime) -> str:
    """Hand a mail to the mail server now, outside any transaction; returns "" or why not.

    Tried once and never repeated: for tests of the connection, where somebody waits for the answer.
    """
    host = sender_address().rpartition("@")[2]
    values = {name: value for name, value in vars(draft).items() if name != "purpose"}
    letter = Letter.objects.create(
        purpose=draft.purpose, message_id=f"<{chance.uuid().hex}@{host}>", created_at=at, **values
    )
    try:
        _send(letter)
    except (OSError, SMTPException, letters.AddressRefused) as error:
        refusal = f"{type(error).__name__}: {error}"[:200]
        _mark(letter, Letter.State.REFUSED, at, refusal)
        return refusal
    _mark(letter, Letter.State.SENT, at, "")
    return ""


def sender_address() -> str:
    """The service's own address: From and ORGANIZER of everything it sends."""
    installation = Installation.objects.first()
    return (installation and installation.sender_address) or settings.DEFAULT_FROM_EMAIL


def deliver(fact: LetterQueued, *, at: datetime) -> Save | None:
    """Hand one letter to the mail server; the Message-ID was chosen when it was queued.

    A refused recipient is final: the letter says so. Anything else is tried again.
    """
    letter = Letter.objects.filter(pk=fact.letter_id, state=Letter.State.QUEUED).first()
    if letter is None:
        return None
    try:
        _send(letter)
    except SMTPRecipientsRefused:
        return lambda: _mark(letter, Letter.State.REFUSED, at, "recipient refused")
    except SMTPResponseException as error:
        if error.smtp_code < 500:  # noqa: PLR2004  RFC 5321: 5yz replies are permanent
            raise
        refusal = f"refused {error.smtp_code}"
        return lambda: _mark(letter, Letter.State.REFUSED, at, refusal)
    except letters.AddressRefused as error:
        raise Permanent(str(error)) from error
    return lambda: _mark(letter, Letter.State.SENT, at, "")


def _send(letter: Letter) -> None:
    message = letters.build_letter(
        to_name=letter.to_name, to_address=letter.to_address,
        from_name=letter.from_name or settings.KOLEGA_NAME, from_address=sender_address(),
        reply_to=letter.reply_to, subject=letter.subject, text=letter.text, html=letter.html,
        ics=bytes(letter.ics) or None, ics_method=letter.ics_method, message_id=letter.message_id,
        at=letter.created_at, language=letter.language,
    )  # fmt: skip
    envelope = Envelope(message, sender_address(), letter.to_address)
    get_connection().send_messages([cast("EmailMultiAlternatives", envelope)])


@dataclass(frozen=True)
class Envelope:
    """What Django's mail backends ask of a message, around a finished one of the standard library."""

    content: EmailMessage
    from_email: str
    to_address: str
    encoding: str = "utf-8"

    def recipients(self) -> list[str]:
        """The one address."""
        return [self.to_address]

    def message(self) -> "Envelope":
        """The thing with `as_bytes`; the policy of the message already writes CRLF."""
        return self

    def as_bytes(self, linesep: str = "\r\n") -> bytes:
        """The message as it goes over the wire."""
        return self.content.as_bytes(policy=self.content.policy.clone(linesep=linesep))


def _mark(letter: Letter, state: Letter.State, at: datetime, refusal: str) -> None:
    emptied = {"text": "", "html": ""} if letter.kind in KEYS else {}
    Letter.objects.filter(pk=letter.pk).update(
        state=state, sent_at=at if state == Letter.State.SENT else None, refusal=refusal, **emptied
    )


def withdraw(purpose_prefix: str) -> int:
    """Take back letters not yet sent whose purpose starts so; returns how many."""
    return Letter.objects.filter(
        purpose__startswith=purpose_prefix, state=Letter.State.QUEUED
    ).update(state=Letter.State.WITHDRAWN)
