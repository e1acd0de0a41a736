"""Questions about kinds."""

from events.kinds.models import Kind


def offered() -> list[Kind]:
    """Kinds that can be planned, in their order."""
    return list(Kind.objects.filter(offered=True).order_by("order", "pk"))


def known() -> list[Kind]:
    """All kinds in their order, also those no longer offered."""
    return list(Kind.objects.order_by("order", "pk"))
