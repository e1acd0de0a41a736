"""Brings rows of imports that wait to be added under the present key."""

from events.networks.models import RosterImport
from events.people import keyring, resealing, sealing


def pending() -> resealing.Tally:
    """Imports that are still being carried out."""
    return resealing.walk(RosterImport.objects.exclude(pending=b""), _roster)


def _roster(row: RosterImport) -> bool:
    spot = sealing.place("rosterimport", "pending", row.pk)
    renewed = keyring.renewed(bytes(row.pending), bound_to=spot)
    if renewed is None:
        return False
    row.pending = renewed
    row.save(update_fields=["pending"])
    return True
