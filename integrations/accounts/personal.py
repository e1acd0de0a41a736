"""What connections keep about a person, for the person; never a secret."""

from integrations.accounts.models import Account


def of_person(person_id: int) -> list[dict[str, object]]:
    """The accounts the person connected."""
    rows = Account.objects.filter(added_by_id=person_id).order_by("pk")
    fields = (
        "provider", "scope", "name", "calendar", "calendar_id", "subject", "state", "added_at",
    )  # fmt: skip
    return [dict(row) for row in rows.values(*fields)]
