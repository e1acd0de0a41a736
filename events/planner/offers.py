"""What the form for an event offers to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from events.availability.rules import Calendars
from events.kernel.words import pick
from events.kernel.zones import european
from events.kinds.models import Kind
from events.networks.queries import SchoolCard
from events.planner import rules
from events.planner.queries import Scope
from events.programme.models import Event

TONGUES = (
    "en", "hr", "sq", "mk", "sr", "bs", "sl", "hu", "cs", "sk", "it", "pt", "nl", "fr", "de", "es",
    "pl", "ro", "bg", "el", "tr",
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """What the form offers to choose from."""

    scope: Scope
    kinds: Sequence[Kind]
    hosts: Sequence[SchoolCard]
    suggestions: Sequence[rules.Proposal] = ()
    communities: Sequence[tuple[int, dict[str, str], int]] = ()
    calendars: Calendars | None = None


COMMUNITY = "community-"


def audience_value(audience: str, community_id: int | None) -> str:
    """An audience as the form sends it: a community with its id."""
    return f"{COMMUNITY}{community_id}" if audience == Event.Audience.COMMUNITY else audience


def audience_of(value: str) -> tuple[str, int | None]:
    """Audience and community of what the form sent, one of the offered values."""
    if not value.startswith(COMMUNITY):
        return value, None
    return Event.Audience.COMMUNITY, int(value.removeprefix(COMMUNITY))


def audiences(offer: Offer) -> list[tuple[str, Any]]:
    """Who can be given the event, as choices."""
    first = _of_scope(offer.scope)
    language = get_language() or "en"
    return [
        *first,
        *(
            (
                audience_value(Event.Audience.COMMUNITY, pk),
                ngettext(
                    "Community: %(name)s, %(number)s person",
                    "Community: %(name)s, %(number)s people",
                    number,
                )
                % {"name": pick(names, language), "number": number},
            )
            for pk, names, number in offer.communities
        ),
    ]


def _of_scope(scope: Scope) -> list[tuple[str, Any]]:
    country = pick(scope.country_names, get_language() or "en")
    found: list[tuple[str, Any]] = [
        (Event.Audience.COUNTRY, _("Every teacher of %(country)s") % {"country": country}),
        (Event.Audience.PUBLIC, _("Everybody, also people from elsewhere")),
        (Event.Audience.SCHOOLS, _("Only the host school and the schools that come")),
    ]
    if scope.cluster_id is None:
        return found
    return [
        (Event.Audience.CLUSTER, _("Teachers of %(cluster)s") % {"cluster": scope.name}),
        *found,
    ]


def languages(scope: Scope) -> list[str]:
    """The language of the place first, then those of the pages, then every other one."""
    spoken = (code for code, _name in settings.LANGUAGES)
    return list(dict.fromkeys((scope.language, *spoken, *TONGUES)))


def zones(first: str) -> list[str]:
    """The zone of the place first, then every zone of Europe."""
    return [first, *(name for name in european() if name != first)]
