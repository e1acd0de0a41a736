"""What the form for an event offers to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.kernel.words import pick
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


def audiences(scope: Scope) -> list[tuple[str, Any]]:
    """Who can be given the event, as choices."""
    country = pick(scope.country_names, get_language() or "en")
    found: list[tuple[str, Any]] = [
        (Event.Audience.COUNTRY, _("Every teacher of %(country)s") % {"country": country}),
        (Event.Audience.PUBLIC, _("Everybody, also people from elsewhere")),
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
    europe = sorted(name for name in available_timezones() if name.startswith("Europe/"))
    return [first, *(name for name in europe if name != first)]
