"""What is known of this installation as a whole."""

from datetime import datetime

from django.core.cache import cache

from events.backstage.models import Installation

OFFERED = "languages-offered"


def is_open() -> bool:
    """Whether the first-run pages were finished."""
    return Installation.objects.filter(opened_at__isnull=False).exists()


def zone() -> str:
    """The IANA zone in which dates without a place are meant."""
    return (Installation.objects.first() or Installation()).zone


def languages() -> list[str]:
    """Tags of the languages the menu offers, none for all.

    Asks the cache alone, because pages answer without a database; a cache that was emptied is filled
    again by a chore.
    """
    return list(cache.get(OFFERED) or [])


def remember_languages(*, at: datetime) -> int:  # noqa: ARG001  every chore gets the instant
    """Put the languages offered where pages look; returns how many."""
    row = Installation.objects.only("languages").first()
    offered = list(row.languages) if row else []
    cache.set(OFFERED, offered, None)
    return len(offered)
