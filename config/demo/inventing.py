"""Invents people: names of their country, addresses that lead nowhere, identifiers."""

import random
from dataclasses import dataclass, field

from config.demo.lands import Land, words
from config.demo.official import identifier
from events.kernel.fold import search_key

WITHOUT_ADDRESS, WITHOUT_IDENTIFIER, SHARED = 0.05, 0.12, 0.3
SHARERS = 3


@dataclass(frozen=True)
class Draft:
    """Somebody before they are added."""

    name: str
    email: str
    language: str
    zone: str
    country: str
    scheme: str
    value: str
    job: str


@dataclass
class Inventor:
    """Invents the people of one country; the same seed invents the same ones."""

    land: Land
    source: random.Random
    taken: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def staff(self, count: int, *, domain: str) -> list[Draft]:
        """The people of one school; in some schools a few read the staff room's mailbox."""
        shared = f"{self.land.staff_room}@{domain}"
        last = SHARERS if self.source.random() < SHARED else 0
        return [
            self.person(domain, address=shared if count - last <= number else "")
            for number in range(count)
        ]

    def person(self, domain: str, *, address: str = "", name: str = "", job: str = "") -> Draft:
        """One person with an address of the domain unless one is given."""
        woman = self.source.random() < 0.7  # noqa: PLR2004  the share of women among teachers
        name = name or self._name(woman=woman)
        if not address and self.source.random() > WITHOUT_ADDRESS:
            address = self._address(name, domain)
        has = self.source.random() > WITHOUT_IDENTIFIER
        land = self.land
        value = identifier(land.scheme, self.source, name=name, woman=woman) if has else ""
        job = job or self.source.choice(words(land.subjects))
        return Draft(name, address, land.language, land.zone, land.code, land.scheme, value, job)

    def _name(self, *, woman: bool) -> str:
        land = self.land
        given = words(land.women if woman else land.men)
        surnames = words(land.surnames_women if woman else land.surnames_men)
        name = ""
        while not name or name in self.taken:
            pair = [self.source.choice(given), self.source.choice(surnames)]
            name = " ".join(reversed(pair) if land.family_first else pair)
        self.taken.add(name)
        return name

    def _address(self, name: str, domain: str) -> str:
        base = search_key(name).replace(" ", ".")
        number, found = 2, f"{base}@{domain}"
        while found in self.addresses:
            number, found = number + 1, f"{base}{number}@{domain}"
        self.addresses.add(found)
        return found
