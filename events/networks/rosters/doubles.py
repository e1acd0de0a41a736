"""Who stands in a list of people twice."""

from events.kernel.fold import search_key
from events.networks.rosters.person import PersonRow
from events.networks.rosters.problems import RowReader


class Doubles:
    """Who was in the list before."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, ...], int] = {}
        self._identifiers: dict[tuple[str, str], int] = {}
        self._addresses: dict[str, int] = {}
        self._names: dict[tuple[str, ...], int] = {}

    def note(self, reader: RowReader, person: PersonRow) -> None:
        """Drop the same person, and point at shared addresses and equal names."""
        number = reader.row.number
        if reader.dropped:
            return
        for identifier in person.identifiers:
            first = self._identifiers.setdefault(identifier, number)
            if first != number:
                reader.note(
                    f"identifier:{identifier[0]}",
                    "duplicate_identifier",
                    drops_row=True,
                    other=first,
                )
                return
        name = search_key(person.name)
        place = (search_key(person.school), person.school_code)
        if person.email:
            self._note_address(reader, person.email.lower(), name)
        elif not person.identifiers:
            first = self._names.setdefault((name, *place), number)
            if first != number:
                reader.note("full_name", "same_name", other=first)

    def _note_address(self, reader: RowReader, address: str, name: str) -> None:
        number = reader.row.number
        first = self._people.setdefault((address, name), number)
        shared = self._addresses.setdefault(address, number)
        if first != number:
            reader.note("email", "duplicate_person", drops_row=True, other=first)
        elif shared != number:
            reader.note("email", "email_shared", other=shared)
