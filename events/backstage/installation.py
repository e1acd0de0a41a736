"""What is known of this installation as a whole."""

from django.core.cache import cache

from events.backstage.models import Installation

OFFERED = "languages-offered"
KEPT = 3600


def is_open() -> bool:
    """Whether the first-run pages were finished."""
    return Installation.objects.filter(opened_at__isnull=False).exists()


def zone() -> str:
    """The IANA zone in which dates without a place are meant."""
    return (Installation.objects.first() or Installation()).zone


def languages() -> list[str]:
    """Tags of the languages the menu offers, none for all; asked of the database once an hour."""
    known: list[str] | None = cache.get(OFFERED)
    if known is None:
        row = Installation.objects.only("languages").first()
        known = list(row.languages) if row else []
        cache.set(OFFERED, known, KEPT)
    return known


def languages_changed() -> None:
    """Forget what was remembered."""
    cache.delete(OFFERED)
