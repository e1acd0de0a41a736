"""What is kept about a person, for the file they can take away."""

from events.consents import queries


def of_person(person_id: int) -> list[dict[str, object]]:
    """Every answer of a person to a request for consent."""
    return [
        {
            "purpose": row.purpose, "thing": row.thing, "id": row.thing_id, "about": row.about,
            "yes": row.yes, "version": row.version, "where": row.where, "note": row.note,
            "at": row.at.isoformat(),
        }
        for row in queries.of_person(person_id)
    ]  # fmt: skip
