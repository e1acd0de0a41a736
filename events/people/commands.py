"""Add people, give and end roles."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor, Role
from events.kernel.errors import BadInput, DomainError
from events.kernel.fold import search_key, sort_key
from events.kernel.words import gettext_noop
from events.people import identifiers, policies, sealing
from events.people.models import Grant, Identifier, Person

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class NameMissing(BadInput):
    """A person needs a name that can be printed."""

    code = "name_missing"
    sentence = gettext_noop("Enter the name as it should stand on certificates.")


class IdentifierTaken(DomainError):
    """Two people cannot have the same official identifier."""

    code = "identifier_taken"
    status = 409
    sentence = gettext_noop("Somebody else has this identifier. Compare it with your document.")


class LastAdministrator(DomainError):
    """Somebody must be able to run the installation."""

    code = "last_administrator"
    status = 409
    sentence = gettext_noop(
        "This is the last administrator. Make somebody else administrator first."
    )


def new_handle() -> str:
    """A random public name of a person: 10 characters that are hard to misread (49 bits)."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def clean_name(name: str) -> str:
    """A name without control characters and doubled spaces; raises NameMissing when empty."""
    printable = "".join(sign if sign.isprintable() else " " for sign in name)
    cleaned = " ".join(printable.split())[:120]
    if not any(sign.isalpha() for sign in cleaned):
        raise NameMissing
    return cleaned


@transaction.atomic
def add_person(
    *, name: str, email: str = "", language: str = "en", zone: str = "", by: Actor, at: datetime
) -> Person:
    """Add a person; an address may be missing or shared. Raises NameMissing."""
    cleaned = clean_name(name)
    person = Person(
        handle=new_handle(),
        name=cleaned,
        sort_key=sort_key(cleaned, language)[:250],
        search_key=search_key(cleaned)[:250],
        email=email.strip().lower(),
        mail_state=Person.MailState.FINE if email else Person.MailState.NONE,
        language=language,
        zone=zone,
        created_at=at,
    )
    person.set_unusable_password()
    person.save()
    audit("person_added", by=by, at=at, thing="person", thing_id=person.pk)
    return person


@transaction.atomic
def grant(
    *,
    person_id: int,
    role: Role,
    scope: str,
    scope_id: int = 0,
    by: Actor,
    at: datetime,
    ends_at: datetime | None = None,
) -> Grant:
    """Give a role; giving it again while it is in force returns the grant there is.

    Raises NotAllowed for roles the actor may not give, and to oneself.
    """
    policies.require_may_grant(by, role=role, scope=scope, scope_id=scope_id, to=person_id)
    row, new = Grant.objects.get_or_create(
        person_id=person_id,
        role=role,
        scope=scope,
        scope_id=scope_id,
        ended_at=None,
        defaults={"starts_at": at, "ends_at": ends_at, "granted_by_id": by.person_id},
    )
    if new:
        audit("role_given", by=by, at=at, thing="person", thing_id=person_id,
              changes={"role": [None, role], "scope": [None, f"{scope}:{scope_id}"]})  # fmt: skip
    return row


@transaction.atomic
def end_grant(*, grant_id: int, by: Actor, at: datetime) -> None:
    """End a role now; raises LastAdministrator where nobody could run the installation any more."""
    administrators = Grant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, ended_at__isnull=True
    )
    others = [row.pk for row in administrators if row.pk != grant_id]
    row = Grant.objects.select_for_update().get(pk=grant_id, ended_at__isnull=True)
    policies.require_may_grant(
        by, role=Role(row.role), scope=row.scope, scope_id=row.scope_id, to=None
    )
    if row.role == Role.ADMINISTRATOR and not others:
        raise LastAdministrator
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit("role_ended", by=by, at=at, thing="person", thing_id=row.person_id,
          changes={"role": [row.role, None]})  # fmt: skip


@transaction.atomic
def change_details(
    *, person_id: int, name: str, language: str, zone: str, by: Actor, at: datetime
) -> Person:
    """Change one's own name, language and time zone; certificates keep the name they were issued to."""
    policies.require_self(by, person_id)
    person = Person.objects.select_for_update().get(pk=person_id)
    person.name = clean_name(name)
    person.sort_key = sort_key(person.name, language)[:250]
    person.search_key = search_key(person.name)[:250]
    person.language, person.zone = language, zone
    person.save(update_fields=["name", "sort_key", "search_key", "language", "zone"])
    audit("person_changed", by=by, at=at, thing="person", thing_id=person_id)
    return person


@transaction.atomic
def set_identifier(
    *, person_id: int, scheme: str, country: str, value: str, by: Actor, at: datetime
) -> Identifier:
    """Store an official identifier, encrypted; raises IdentifierRefused or IdentifierTaken.

    Only the person (or an import of ours) enters it; the audit row says that, never the value.
    """
    policies.require_self(by, person_id)
    plain = identifiers.check(scheme, country, value)
    lookup = sealing.lookup_hash(plain, key=settings.DATA_KEY, scope=scheme)
    if Identifier.objects.filter(scheme=scheme, lookup=lookup).exclude(person=person_id).exists():
        raise IdentifierTaken
    spot = sealing.place("identifier", scheme, person_id)
    row, _ = Identifier.objects.update_or_create(
        person_id=person_id, scheme=scheme,
        defaults={
            "country": country.upper(), "lookup": lookup, "added_at": at,
            "sealed": sealing.seal(plain, key=settings.DATA_KEY, bound_to=spot),
            "checked_digits": identifiers.SCHEMES[scheme].checks_digits,
        },
    )  # fmt: skip
    audit("identifier_set", by=by, at=at, thing="person", thing_id=person_id)
    return row


def mail_bounced(*, address: str) -> int:
    """Mark everybody with an address as not reached by mail; returns how many."""
    return Person.objects.filter(email=address.lower()).update(mail_state=Person.MailState.BOUNCED)
