"""Personal links: `/r/<token>` and `/j/<token>` act on one person's place at one event.

The token is the row's number and a keyed digest (HMAC-SHA-256, 130 bits kept) over number and salt, so
nothing that opens a link is stored, and a link is revoked by ending its row.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.registration.models import PersonalLink

LENGTH = 26


def token_of(link: PersonalLink) -> str:
    """The token that opens a link."""
    return f"{link.pk}-{_digest(link.pk, link.salt)}"


def programme_of(link: PersonalLink) -> str:
    """The path at which the holder of a link reads what is planned, signed in or not."""
    return reverse("personal_programme", args=(token_of(link),))


def _digest(pk: int, salt: str) -> str:
    mac = hmac.new(
        settings.SECRET_KEY.encode(), f"personal-link:{pk}:{salt}".encode(), hashlib.sha256
    )
    return base64.b32encode(mac.digest()).decode().lower()[:LENGTH]


def link_for(*, event_id: int, person_id: int, at: datetime) -> PersonalLink:
    """The link of a person at an event, made when there is none."""
    link, _ = PersonalLink.objects.get_or_create(
        event_id=event_id,
        person_id=person_id,
        revoked_at=None,
        defaults={"salt": chance.hexadecimal(8), "made_at": at},
    )
    return link


def opened(token: str) -> PersonalLink:
    """The link of a token; raises Missing for anything forged, mistyped or revoked."""
    number, _, digest = token.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:  # noqa: PLR2004  bigint
        raise Missing
    link = (
        PersonalLink.objects.filter(pk=int(number), revoked_at__isnull=True)
        .select_related("event", "event__kind", "person")
        .first()
    )
    salt = link.salt if link else ""
    if not hmac.compare_digest(_digest(int(number), salt).encode(), digest.encode()) or not link:
        raise Missing
    return link


def holder(link: PersonalLink) -> Actor:
    """Whoever holds the link: may act on this person's place, and has no other standing."""
    return Actor(person_id=link.person_id, system="personal-link")


def revoke(*, event_id: int, person_id: int, at: datetime) -> None:
    """End a link; the old address stops working at once."""
    PersonalLink.objects.filter(
        event_id=event_id, person_id=person_id, revoked_at__isnull=True
    ).update(revoked_at=at)
