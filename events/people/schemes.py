"""The official identifiers we know, by country."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from stdnum import exceptions as stdnum_errors


@dataclass(frozen=True)
class Scheme:
    """A kind of official identifier.

    `name` is what the document itself says and is not translated. `check` raises an error of
    python-stdnum for a value that cannot be; without it only `pattern` is known.
    """

    code: str
    country: str
    name: str
    length: int | None = None
    pattern: str = ""
    check: Callable[[str], object] | None = None

    @property
    def checks_digits(self) -> bool:
        """Whether a check digit is computed; False means format only, no check digit."""
        return self.check is not None


def schemes_of(country: str) -> tuple[Scheme, ...]:
    """Every scheme of a country, the usual one first."""
    return tuple(known for known in SCHEMES.values() if known.country == country.upper())


def _hungarian_education_id(number: str) -> None:
    """Government decree 79/2006 (IV. 5.), annex 9: sum of place × digit, modulo 11, never 10."""
    total = sum(place * int(digit) for place, digit in enumerate(number[:10], start=1))
    if total % 11 != int(number[10]):
        raise stdnum_errors.InvalidChecksum


def _stdnum(country: str, module: str) -> Callable[[str], object]:
    validate: Callable[[str], object] = import_module(f"stdnum.{country}.{module}").validate
    return validate


_EMSO = _stdnum("si", "emso")  # one rule since 1977 in every state that was Yugoslavia
_UNIQUE_CITIZEN = r"\d{13}"

SCHEMES: dict[str, Scheme] = {
    known.code: known
    for known in (
        Scheme("al.nid", "AL", "NID", 10, r"[A-Z]\d{8}[A-Z]"),
        Scheme("at.vnr", "AT", "Sozialversicherungsnummer", 10, r"\d{10}", _stdnum("at", "vnr")),
        Scheme("ba.jmbg", "BA", "JMBG", 13, _UNIQUE_CITIZEN, _EMSO),
        Scheme("be.nn", "BE", "Rijksregisternummer", 11, r"\d{11}", _stdnum("be", "nn")),
        Scheme("bg.egn", "BG", "ЕГН", 10, r"\d{10}", _stdnum("bg", "egn")),
        Scheme("cz.rc", "CZ", "Rodné číslo", None, r"\d{9,10}", _stdnum("cz", "rc")),
        Scheme("de.idnr", "DE", "Identifikationsnummer", 11, r"\d{11}", _stdnum("de", "idnr")),
        Scheme("es.nif", "ES", "NIF", 9, "", _stdnum("es", "nif")),
        Scheme("fr.nir", "FR", "NIR", 15, "", _stdnum("fr", "nir")),
        Scheme("gr.amka", "GR", "ΑΜΚΑ", 11, r"\d{11}", _stdnum("gr", "amka")),
        Scheme("hr.oib", "HR", "OIB", 11, r"\d{11}", _stdnum("hr", "oib")),
        Scheme("hu.om", "HU", "Oktatási azonosító", 11, r"7\d{10}", _hungarian_education_id),
        Scheme("it.cf", "IT", "Codice fiscale", 16, "", _stdnum("it", "codicefiscale")),
        Scheme("lt.asmens", "LT", "Asmens kodas", 11, r"\d{11}", _stdnum("lt", "asmens")),
        Scheme("me.jmbg", "ME", "JMBG", 13, _UNIQUE_CITIZEN, _EMSO),
        Scheme("mk.embg", "MK", "ЕМБГ", 13, _UNIQUE_CITIZEN, _EMSO),
        Scheme("mt.id", "MT", "Karta tal-Identità", 8, r"\d{7}[ABGHLMPZ]"),
        Scheme("nl.bsn", "NL", "BSN", 9, r"\d{9}", _stdnum("nl", "bsn")),
        Scheme("pl.pesel", "PL", "PESEL", 11, r"\d{11}", _stdnum("pl", "pesel")),
        Scheme("pt.nif", "PT", "NIF", 9, r"\d{9}", _stdnum("pt", "nif")),
        Scheme("ro.cnp", "RO", "CNP", 13, r"\d{13}", _stdnum("ro", "cnp")),
        Scheme("rs.jmbg", "RS", "ЈМБГ", 13, _UNIQUE_CITIZEN, _EMSO),
        Scheme("si.emso", "SI", "EMŠO", 13, _UNIQUE_CITIZEN, _EMSO),
        Scheme("sk.rc", "SK", "Rodné číslo", None, r"\d{9,10}", _stdnum("sk", "rc")),
        Scheme("xk.nid", "XK", "Numri personal", 10, r"\d{10}"),
    )
}
