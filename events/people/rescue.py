"""Help for somebody who cannot get in: the lost second step, a wrong address, mail that came back."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from events.backstage.commands import audit
from events.kernel.actors import Actor, Role
from events.kernel.errors import BadInput, DomainError, NotAllowed
from events.kernel.words import gettext_noop
from events.people import policies, queries
from events.people.models import Person
from events.people.tokens import commands as tokens


class HelpReasonMissing(BadInput):
    """Taking away a protection says why."""

    code = "help_reason_missing"
    sentence = gettext_noop("Say in a few words how you know that the person asked for it.")


class NoSecondStep(DomainError):
    """There is nothing to take away."""

    code = "no_second_step"
    status = 409
    sentence = gettext_noop("This person has no code app set up.")


class SignedInBefore(DomainError):
    """Whoever changes the address of an account in use could enter it."""

    code = "address_in_use"
    status = 409
    sentence = gettext_noop(
        "This person signs in with the present address. Ask an administrator to change it."
    )


class AddressSame(BadInput):
    """The address is the one there is."""

    code = "address_same"
    sentence = gettext_noop("This is the address already. Enter the new one.")


def has_second_step(person_id: int) -> bool:
    """Whether a code app is set up."""
    return bool(Authenticator.objects.filter(user_id=person_id).exists())


@transaction.atomic
def take_second_step(*, person_id: int, reason: str, by: Actor, at: datetime) -> Person:
    """Forget a lost code app with its recovery codes, and end what was signed in with it.

    That is every session, the password, and the tokens made with the second step.

    Only an administrator does this, never for oneself. The person signs in by mail and sets up
    a new app before roles that need one count again. Raises HelpReasonMissing, NoSecondStep.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    _require_above(by, person_id)
    if not reason.strip():
        raise HelpReasonMissing(field="reason")
    gone, _ = Authenticator.objects.filter(user_id=person_id).delete()
    if not gone:
        raise NoSecondStep
    tokens.revoke_guarded(person_id=person_id, by=by, at=at)
    # Sessions are bound to the password's hash, so a new one that fits nothing ends them all.
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit("second_step_taken", by=by, at=at, thing="person", thing_id=person_id,
          changes={"reason": [None, " ".join(reason.split())[:300]]})  # fmt: skip
    return person


def _require_above(by: Actor, person_id: int) -> None:
    if not by.system and (not by.is_a(Role.ADMINISTRATOR) or by.person_id == person_id):
        raise NotAllowed


def may_change_address(by: Actor, person: Person, *, kept: bool, at: datetime) -> bool:
    """Administrators; and who keeps the person's school (`kept`), for people without a role.

    Never for oneself: a new address of one's own would have to be proved first.
    """
    if by.person_id == person.pk:
        return False
    if by.is_a(Role.ADMINISTRATOR):
        return True
    return kept and not queries.grants_of(person.pk, at=at)


@transaction.atomic
def change_address(
    *, person_id: int, email: str, kept: bool, by: Actor, at: datetime
) -> queries.Address:
    """Give a person another address, or none; mail is tried again. Returns the former address card.

    `kept` says that the actor keeps the person's school. Raises SignedInBefore for an account
    in use, unless an administrator asks; AddressSame.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    if not may_change_address(by, person, kept=kept, at=at):
        raise NotAllowed
    if person.last_login is not None and not by.is_a(Role.ADMINISTRATOR):
        raise SignedInBefore(field="email")
    wanted = email.strip().lower()
    if wanted == person.email:
        raise AddressSame(field="email")
    former = queries.address(person)
    person.email = wanted
    person.mail_state = Person.MailState.FINE if wanted else Person.MailState.NONE
    person.save(update_fields=["email", "mail_state"])
    audit("address_changed", by=by, at=at, thing="person", thing_id=person_id)
    return former


@transaction.atomic
def try_mail_again(*, person_id: int, by: Actor, at: datetime) -> int:
    """Take the mark "mail does not arrive" from an address; returns of how many people.

    Everybody who shares the address was marked together. The next mail that comes back marks again.
    """
    policies.require_may_look_after(by)
    email = queries.person(person_id).email
    marked = Person.objects.filter(email=email, mail_state=Person.MailState.BOUNCED)
    number = marked.update(mail_state=Person.MailState.FINE) if email else 0
    if number:
        audit("mail_tried_again", by=by, at=at, thing="person", thing_id=person_id)
    return number
