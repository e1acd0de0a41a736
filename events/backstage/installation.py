"""What is known of this installation as a whole."""

from events.backstage.models import Installation


def is_open() -> bool:
    """Whether the first-run pages were finished."""
    return Installation.objects.filter(opened_at__isnull=False).exists()


def zone() -> str:
    """The IANA zone in which dates without a place are meant."""
    return (Installation.objects.first() or Installation()).zone
