"""Signing in by a link or a code that was sent to an address.

Both work once and for fifteen minutes. Only keyed hashes are stored. Whether an address is known
is never told: the answer is the same, and a mail leaves only for known ones.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.http import url_has_allowed_host_and_scheme

from events.backstage import contributed, post
from events.backstage.commands import audit
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from events.people import queries
from events.people.models import Person, SignInLink

LIFE = timedelta(minutes=15)
MAX_TRIES = 5
LONGEST_PATH = 300


class LinkOver(DomainError):
    """The link or code was used, is too old, or never existed."""

    code = "sign_in_link_over"
    status = 410
    sentence = gettext_noop("This link has been used or is too old. Ask for a new one.")


class CodeWrong(DomainError):
    """The code does not belong to the address; after MAX_TRIES the link ends as well."""

    code = "sign_in_code_wrong"
    status = 422
    sentence = gettext_noop("This code does not fit. Compare it with the newest mail.")


class PersonNotAsked(DomainError):
    """Several people share the address; the link does not know who is meant."""

    code = "sign_in_choose"
    status = 422
    sentence = gettext_noop("Choose who you are.")


@dataclass(frozen=True)
class Ticket:
    """What the mail carries; it exists in plain text only here."""

    link_id: int
    token: str
    code: str


def own_path(wanted: str) -> str:
    """The path to go on to when it is one of ours and printable, else nothing."""
    ours = wanted.startswith("/") and wanted.isprintable() and len(wanted) <= LONGEST_PATH
    return wanted if ours and url_has_allowed_host_and_scheme(wanted, None) else ""


def hashed(secret: str) -> str:
    """A keyed hash of a token or code, as stored."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"sign-in:{secret}".encode(), hashlib.sha256).hexdigest()


def mailbox(address: str) -> str:
    """A short name of an address for counting, from which it cannot be read."""
    return hashed(f"mailbox:{address.strip().lower()}")[:32]


@transaction.atomic
def send(address: str, *, next_path: str, language: str, at: datetime) -> Ticket | None:
    """Mail a link to an address; None when nobody has it, after just as much work.

    A stranger's letter is written as well and thrown away, so the time taken tells nothing.
    `language` is the one a shared mailbox is written to in.
    """
    readers = list(queries.sharing(address)[:2])
    ticket = ask(address, next_path=next_path, at=at)
    one = queries.address(readers[0]) if len(readers) == 1 else None
    to = one or queries.Address(0, "", address.strip().lower(), language, "", reachable=True)
    write = contributed.letter("sign_in")
    draft = write(to, token=ticket.token, code=ticket.code, purpose=f"sign-in:{ticket.link_id}")
    post.queue(replace(draft, person_id=one.person_id if one else None), at=at)
    if not readers:
        transaction.set_rollback(True)
        return None
    return ticket


@transaction.atomic
def ask(address: str, *, next_path: str, at: datetime, life: timedelta = LIFE) -> Ticket:
    """Make a link for an address. Earlier links of the address end.

    A `life` beyond LIFE is for invitations: they carry the long link alone, and no code.
    """
    wanted = address.strip().lower()
    SignInLink.objects.filter(address=wanted, used_at__isnull=True).update(used_at=at)
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06}"
    row = SignInLink.objects.create(
        token_hash=hashed(token), address=wanted,
        code_hash=hashed(f"{wanted}:{code}") if life <= LIFE else "",
        next_path=own_path(next_path), expires_at=at + life, created_at=at,
    )  # fmt: skip
    return Ticket(row.pk, token, code)


def opened(token: str, *, at: datetime) -> SignInLink:
    """The link of a token, still to be used; raises LinkOver."""
    row = SignInLink.objects.filter(token_hash=hashed(token)).first()
    if row is None or row.used_at is not None or row.expires_at <= at:
        raise LinkOver
    return row


def people_of(link: SignInLink) -> list[Person]:
    """Who may sign in with a link: everybody with its address."""
    return list(queries.sharing(link.address))


def by_code(address: str, code: str, *, at: datetime) -> SignInLink:
    """The link of an address whose code this is; raises CodeWrong and counts the try."""
    wanted = address.strip().lower()
    rows = SignInLink.objects.filter(
        address=wanted, used_at__isnull=True, expires_at__gt=at, tries__lt=MAX_TRIES
    )
    row = rows.order_by("-pk").first()
    digits = "".join(sign for sign in code if sign.isdigit())
    if row is None or not hmac.compare_digest(row.code_hash, hashed(f"{wanted}:{digits}")):
        rows.update(tries=F("tries") + 1)
        raise CodeWrong
    return row


@transaction.atomic
def redeem(link: SignInLink, *, person_id: int | None, at: datetime) -> Person:
    """Use a link up; raises LinkOver when another request was first, PersonNotAsked when shared."""
    row = SignInLink.objects.select_for_update().get(pk=link.pk)
    if row.used_at is not None or row.expires_at <= at:
        raise LinkOver
    people = people_of(row)
    chosen = people if len(people) == 1 else [one for one in people if one.pk == person_id]
    if not chosen:
        raise PersonNotAsked
    row.used_at = at
    row.save(update_fields=["used_at"])
    person = chosen[0]
    audit("signed_in", by=Actor(person_id=person.pk), at=at, thing="person", thing_id=person.pk)
    return person
