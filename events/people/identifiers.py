"""Official identifiers of people: what a scheme looks like and whether a value can be one.

Check digits are python-stdnum's wherever it has the scheme. Schemes without a published check are
held to their pattern alone, and `Scheme.checks_digits` says so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from stdnum import exceptions as stdnum_errors
from stdnum.util import clean

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop


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


SENTENCES = {
    "identifier_scheme_unknown": gettext_noop(
        "We do not know the identifier “%(scheme)s”. Choose one from the list."
    ),
    "identifier_other_country": gettext_noop(
        "%(name)s is issued in %(issued_in)s. Choose an identifier of %(country)s."
    ),
    "identifier_empty": gettext_noop("Enter the %(name)s."),
    "identifier_length": gettext_noop(
        "%(name)s has %(expected)s characters, this one has %(found)s. Check for missing ones."
    ),
    "identifier_lost_zeros": gettext_noop(
        "%(name)s misses its leading zeros. Store the column as text and enter them again."
    ),
    "identifier_format": gettext_noop("This does not look like a %(name)s. Check every character."),
    "identifier_check_digit": gettext_noop(
        "The check digit of this %(name)s does not fit. One character is probably mistyped."
    ),
    "identifier_impossible": gettext_noop(
        "This %(name)s holds a date or place that cannot be. Check every character."
    ),
}


class IdentifierRefused(BadInput):
    """A value that cannot be an identifier of its scheme. Never carries the value itself."""

    def __init__(self, code: str, **values: object) -> None:
        """Take the sentence that belongs to the code."""
        super().__init__(**values)
        # The codes are data here, one class per code would say nothing more.
        self.__dict__.update(code=code, sentence=SENTENCES[code])


def check(scheme: str, country: str, value: str) -> str:
    """Return `value` as it is stored: without separators, in capitals.

    Raises `IdentifierRefused` (`identifier_*`) with the name of the scheme; the value stays out of
    the error, so it can be logged. `country` is the ISO 3166-1 code the person belongs to.
    """
    known = _known(scheme, country)
    compact = _compact(value, known)
    if not compact:
        raise IdentifierRefused("identifier_empty", name=known.name)
    try:
        _validate(compact, known)
    except IdentifierRefused:
        if _misses_zeros(compact, known):
            raise IdentifierRefused("identifier_lost_zeros", name=known.name) from None
        raise
    return compact


def schemes_of(country: str) -> tuple[Scheme, ...]:
    """Every scheme of a country, the usual one first."""
    return tuple(known for known in SCHEMES.values() if known.country == country.upper())


def _known(scheme: str, country: str) -> Scheme:
    known = SCHEMES.get(scheme)
    if known is None:
        raise IdentifierRefused("identifier_scheme_unknown", scheme=scheme[:24])
    if known.country != country.upper():
        raise IdentifierRefused(
            "identifier_other_country", name=known.name, issued_in=known.country, country=country
        )
    return known


def _compact(value: str, known: Scheme) -> str:
    bare: str = clean(value, " -./\u00a0\u200b'").strip().upper()
    prefixed = known.length is not None and len(bare) == known.length + 2
    return bare.removeprefix(known.country) if prefixed else bare


def _validate(compact: str, known: Scheme) -> None:
    if known.length is not None and len(compact) != known.length:
        raise IdentifierRefused(
            "identifier_length", name=known.name, expected=known.length, found=len(compact)
        )
    if known.pattern and not re.fullmatch(known.pattern, compact, re.ASCII):
        raise IdentifierRefused("identifier_format", name=known.name)
    if known.check is None:
        return
    try:
        known.check(compact)
    except stdnum_errors.InvalidChecksum:
        raise IdentifierRefused("identifier_check_digit", name=known.name) from None
    except stdnum_errors.InvalidComponent:
        raise IdentifierRefused("identifier_impossible", name=known.name) from None
    except stdnum_errors.ValidationError:
        raise IdentifierRefused("identifier_format", name=known.name) from None


def _misses_zeros(compact: str, known: Scheme) -> bool:
    if known.length is None or not compact.isdigit() or len(compact) >= known.length:
        return False
    try:
        _validate(compact.zfill(known.length), known)
    except IdentifierRefused:
        return False
    return known.checks_digits


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
