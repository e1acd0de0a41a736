"""Add people, give and end roles."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from events.backstage import post
from events.backstage.commands import audit
from events.backstage.models import Letter
from events.kernel import chance
from events.kernel.actors import Actor, Role
from events.kernel.errors import BadInput, DomainError, Missing
from events.kernel.fold import search_key, sort_key
from events.kernel.words import gettext_noop
from events.people import identifiers, keyring, policies, queries, sealing
from events.people.models import Grant, Identifier, Person

AGAIN = ":again:"
COORDINATOR_LOCK = 0x6B63  # any constant: serialises giving the role of one school
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


class CoordinatorThere(DomainError):
    """A school has one coordinator; others are deputies or successors."""

    code = "coordinator_there"
    status = 409
    sentence = gettext_noop(
        "%(name)s coordinates this school. Hand that role over, or give this one as a deputy."
    )


class DatesTurned(BadInput):
    """A role ends after it starts."""

    code = "role_dates_turned"
    sentence = gettext_noop("The last day lies before the first. Choose a later one.")


class RoleOver(DomainError):
    """The role was ended meanwhile."""

    code = "role_over"
    sentence = gettext_noop("This role has already ended. Open the page again.")


class NothingToSend(DomainError):
    """A letter that cannot go out again as it was."""

    code = "letter_not_kept"
    sentence = gettext_noop("This mail cannot be sent again. The person can ask for a new link.")


def new_handle() -> str:
    """A random public name of a person: 10 characters that are hard to misread (49 bits)."""
    return chance.letters(LETTERS, 10)


def clean_name(name: str) -> str:
    """A name without control characters and doubled spaces; raises NameMissing when empty."""
    printable = "".join(sign if sign.isprintable() else " " for sign in name)
    cleaned = " ".join(printable.split())[:120]
    if not any(sign.isalpha() for sign in cleaned):
        raise NameMissing
    return cleaned


def new_person(*, name: str, email: str, language: str, zone: str, at: datetime) -> Person:
    """A person that is not saved yet; raises NameMissing."""
    cleaned = clean_name(name)
    person = Person(
        handle=new_handle(), name=cleaned, sort_key=sort_key(cleaned, language)[:250],
        search_key=search_key(cleaned)[:250], email=email.strip().lower(),
        mail_state=Person.MailState.FINE if email else Person.MailState.NONE, language=language,
        zone=zone, created_at=at,
    )  # fmt: skip
    person.set_unusable_password()
    return person


@transaction.atomic
def add_person(
    *, name: str, email: str = "", language: str = "en", zone: str = "", by: Actor, at: datetime
) -> Person:
    """Add a person; an address may be missing or shared. Raises NameMissing."""
    person = new_person(name=name, email=email, language=language, zone=zone, at=at)
    person.save()
    audit("person_added", by=by, at=at, thing="person", thing_id=person.pk)
    return person


@transaction.atomic
def grant(
    *, person_id: int, role: Role, scope: str, scope_id: int = 0, by: Actor, at: datetime,
    starts_at: datetime | None = None, ends_at: datetime | None = None, deputy: bool = False,
) -> Grant:  # fmt: skip
    """Give a role, from `starts_at` (now) until `ends_at` (open); one in force is returned as it is.

    A deputy may do what the role may and is not the one a school names. Raises NotAllowed for roles
    the actor may not give, and to oneself; DatesTurned; CoordinatorThere for a second coordinator
    of a school at the same time.
    """
    policies.require_may_grant(by, role=role, scope=scope, scope_id=scope_id, to=person_id)
    begins = max(starts_at or at, at)
    if ends_at is not None and ends_at <= begins:
        raise DatesTurned(field="until")
    if role == Role.SCHOOL_COORDINATOR and not deputy:
        _require_only(person_id, scope_id, begins, ends_at)
    key = {"person_id": person_id, "role": role, "scope": scope, "scope_id": scope_id}
    # A grant that ran out leaves the place free for a new one.
    Grant.objects.filter(**key, ended_at=None, ends_at__lte=at).update(ended_at=F("ends_at"))
    dates = {"starts_at": begins, "ends_at": ends_at}
    row, new = Grant.objects.get_or_create(
        **key, ended_at=None,
        defaults={**dates, "granted_by_id": by.person_id, "deputy": deputy},
    )  # fmt: skip
    if new:
        audit("role_given", by=by, at=at, thing="person", thing_id=person_id,
              changes={"role": [None, role], "scope": [None, f"{scope}:{scope_id}"]})  # fmt: skip
    return row if deputy else _as_principal(row)


def _require_only(
    person_id: int, school_id: int, begins: datetime, ends_at: datetime | None
) -> None:
    """One at a time decides for a school, so that two at once cannot both become coordinator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [COORDINATOR_LOCK, school_id])
    others = queries.coordinators_of(school_id).exclude(person_id=person_id)
    others = others.filter(Q(ends_at=None) | Q(ends_at__gt=begins))
    if ends_at is not None:
        others = others.filter(starts_at__lt=ends_at)
    holder = others.select_related("person").first()
    if holder is not None:
        raise CoordinatorThere(name=holder.person.name, grant_id=holder.pk)


@transaction.atomic
def end_grant(*, grant_id: int, by: Actor, at: datetime) -> None:
    """End a role now; raises LastAdministrator where nobody could run the installation any more."""
    administrators = Grant.objects.select_for_update().filter(
        queries.in_force(at), role=Role.ADMINISTRATOR, person__is_active=True, ends_at__isnull=True
    )
    others = [row.pk for row in administrators if row.pk != grant_id]
    row = Grant.objects.select_for_update().filter(pk=grant_id, ended_at__isnull=True).first()
    if row is None:
        raise RoleOver
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
def hand_over(*, grant_id: int, to_person_id: int, by: Actor, at: datetime) -> Grant:
    """Give a role to somebody else and end it for who has it, both or neither."""
    row = Grant.objects.select_for_update().filter(pk=grant_id, ended_at__isnull=True).first()
    if row is None:
        raise RoleOver
    ends_first = row.role == Role.SCHOOL_COORDINATOR  # a school never has two
    if ends_first:
        end_grant(grant_id=grant_id, by=by, at=at)
    given = grant(
        person_id=to_person_id, role=Role(row.role), scope=row.scope, scope_id=row.scope_id,
        by=by, at=at, ends_at=row.ends_at, deputy=row.deputy,
    )  # fmt: skip
    if not ends_first:
        end_grant(grant_id=grant_id, by=by, at=at)
    return given


def _as_principal(given: Grant) -> Grant:
    """A deputy to whom the role is handed over is its holder now."""
    if given.deputy:
        given.deputy = False
        given.save(update_fields=["deputy"])
    return given


@transaction.atomic
def change_details(
    *, person_id: int, name: str, language: str, zone: str, by: Actor, at: datetime,
    reminders: bool | None = None,
) -> Person:  # fmt: skip
    """Change one's own name, language and time zone; certificates keep the name they were issued to.

    `reminders` says whether mails remind the person of events (None: as it is).
    """
    policies.require_self(by, person_id)
    person = Person.objects.select_for_update().get(pk=person_id)
    person.name = clean_name(name)
    person.sort_key = sort_key(person.name, language)[:250]
    person.search_key = search_key(person.name)[:250]
    person.language, person.zone = language, zone
    person.reminders = person.reminders if reminders is None else reminders
    person.save(update_fields=["name", "sort_key", "search_key", "language", "zone", "reminders"])
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
    lookups = keyring.lookups(plain, scope=scheme)
    if (
        Identifier.objects.filter(scheme=scheme, lookup__in=lookups)
        .exclude(person=person_id)
        .exists()
    ):
        raise IdentifierTaken
    spot = sealing.place("identifier", scheme, person_id)
    row, _ = Identifier.objects.update_or_create(
        person_id=person_id, scheme=scheme,
        defaults={
            "country": country.upper(), "lookup": lookups[0], "added_at": at,
            "sealed": keyring.seal(plain, bound_to=spot),
            "checked_digits": identifiers.SCHEMES[scheme].checks_digits,
        },
    )  # fmt: skip
    audit("identifier_set", by=by, at=at, thing="person", thing_id=person_id)
    return row


@transaction.atomic
def remove_identifier(*, person_id: int, scheme: str, by: Actor, at: datetime) -> None:
    """Forget an official identifier of oneself; one that is not there is no mistake."""
    policies.require_self(by, person_id)
    gone, _ = Identifier.objects.filter(person_id=person_id, scheme=scheme).delete()
    if gone:
        audit("identifier_removed", by=by, at=at, thing="person", thing_id=person_id)


@transaction.atomic
def send_again(*, letter_id: int, by: Actor, at: datetime) -> Letter | None:
    """Send a letter once more, to the address the person has now.

    Raises NotAllowed, and NothingToSend for letters that let somebody in, which are not kept.
    """
    policies.require_may_look_after(by)
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        raise Missing
    person = queries.active(letter.person_id) if letter.person_id else None
    if letter.kind in post.KEYS or not letter.text or person is None or not person.email:
        raise NothingToSend
    first = letter.purpose.partition(AGAIN)[0]
    number = Letter.objects.filter(purpose__startswith=f"{first}{AGAIN}").count() + 1
    draft = post.Draft(
        purpose=f"{first}{AGAIN}{number}", kind=letter.kind, to_address=person.email,
        to_name=person.name, language=letter.language, subject=letter.subject, text=letter.text,
        html=letter.html, from_name=letter.from_name, reply_to=letter.reply_to,
        person_id=person.pk, event_id=letter.event_id, ics=bytes(letter.ics),
        ics_method=letter.ics_method,
    )  # fmt: skip
    audit("letter_sent_again", by=by, at=at, thing="person", thing_id=person.pk)
    return post.queue(draft, at=at)


def mail_bounced(*, address: str) -> int:
    """Mark everybody with an address as not reached by mail; returns how many."""
    return Person.objects.filter(email=address.lower()).update(mail_state=Person.MailState.BOUNCED)
