"""What the API checks about people before a command is asked; pages offer only what fits."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from events.kernel.actors import Actor
from events.kernel.errors import BadInput, Missing, NotAllowed
from events.kernel.words import gettext_noop
from events.networks.persons import desk, roles
from events.networks.persons.desk import Offer
from events.networks.persons.roles import RoleLine
from events.people.models import Grant, Person


class TongueNotSpoken(BadInput):
    """Mails and pages are written in the languages of the interface."""

    code = "language_not_offered"
    sentence = gettext_noop("Choose one of the languages of the pages.")


class AddressWrong(BadInput):
    """No mail can be sent there."""

    code = "address_wrong"
    sentence = gettext_noop("Enter an address like ana@example.org.")


class RoleNotOffered(BadInput):
    """The role cannot be given to this person by this actor."""

    code = "role_not_offered"
    sentence = gettext_noop("Choose one of the roles you may give to this person.")


def require_tongue(tag: str) -> None:
    """Raise TongueNotSpoken."""
    if tag not in dict(settings.LANGUAGES):
        raise TongueNotSpoken(field="language")


def require_address(email: str) -> None:
    """Raise AddressWrong; no address at all is fine."""
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise AddressWrong(field="email") from error


def require_kept(school_id: int, by: Actor) -> None:
    """Raise NotAllowed unless people may be added to the school, which is open."""
    if school_id not in {row.pk for row in desk.schools_kept(by)}:
        raise NotAllowed


def offer(key: str, offers: Sequence[Offer]) -> Offer:
    """The role offered under a key; raises RoleNotOffered."""
    found = next((one for one in offers if one.key == key), None)
    if found is None:
        raise RoleNotOffered(field="key")
    return found


def role(role_id: int, of: Person, *, by: Actor, at: datetime) -> RoleLine:
    """A role of a person that the actor may end; raises Missing."""
    for line in roles.of_person(of.pk, at=at):
        if line.grant_id == role_id and desk.may_end(by, line):
            return line
    raise Missing


def line_of(row: Grant, *, at: datetime) -> RoleLine:
    """A role in words."""
    return roles.lines([row], at=at)[0]
