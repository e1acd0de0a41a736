"""Put kinds in place."""

from django.db import transaction

from events.kinds.catalogue import KINDS
from events.kinds.models import Kind


@transaction.atomic
def load_catalogue() -> int:
    """Add the kinds that are missing; kinds already there keep what was changed in them."""
    added = 0
    for order, kind in enumerate(KINDS, start=1):
        _, new = Kind.objects.get_or_create(
            code=kind["code"],
            defaults={"order": order, **{k: v for k, v in kind.items() if k != "code"}},
        )
        added += new
    return added
