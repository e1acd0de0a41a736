"""Official identifiers of people: what a scheme looks like and whether a value can be one.

Check digits are python-stdnum's wherever it has the scheme. Schemes without a published check are
held to their pattern alone, and `Scheme.checks_digits` says so.
"""

import re

from stdnum import exceptions as stdnum_errors
from stdnum.util import clean

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.people.schemes import SCHEMES, Scheme, schemes_of

__all__ = ["SCHEMES", "SENTENCES", "IdentifierRefused", "Scheme", "check", "schemes_of"]

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
    if _misses_zeros(compact, known):
        raise IdentifierRefused("identifier_lost_zeros", name=known.name)
    _validate(compact, known)
    return compact


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
    except stdnum_errors.ValidationError as error:
        raise IdentifierRefused(_code_of(error), name=known.name) from None


def _code_of(error: stdnum_errors.ValidationError) -> str:
    if isinstance(error, stdnum_errors.InvalidChecksum):
        return "identifier_check_digit"
    if isinstance(error, stdnum_errors.InvalidComponent):
        return "identifier_impossible"
    return "identifier_format"


def _misses_zeros(compact: str, known: Scheme) -> bool:
    if known.length is None or not compact.isdigit() or len(compact) >= known.length:
        return False
    try:
        _validate(compact.zfill(known.length), known)
    except IdentifierRefused:
        return False
    return known.checks_digits
