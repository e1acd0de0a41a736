"""Whether a certificate could be printed, without printing it."""

import json
import re
from dataclasses import replace

from attendance.certificates import paper
from attendance.certificates.facts import CertificateFacts
from attendance.certificates.wording import certificate

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_WITH_MARKS = re.compile(rf".[{_MARKS}]*", re.DOTALL)
# What differs between the certificates of one event, beside minutes and evidence.
_OWN = ("holder_name", "holder_school", "number", "check_url")
MOST_WORDINGS = 64
_printed: set[str] = set()
_wordings: dict[str, frozenset[str]] = {}


def check_certificate(record: CertificateFacts) -> None:
    """Raise what `paper.render_certificate` would raise.

    The faces of the papers fall back on one another, so what was set in type once can be set at
    any place; only letters that are new are tried, and a batch of certificates costs next to nothing.
    """
    own = [getattr(record, name) for name in _OWN[1:]]
    own.append(paper.printable_name(record.holder_name))
    new = (_letters(own) | _letters_of_wording(record)) - _printed
    if not new:
        return
    try:
        paper.set_letters(" ".join(sorted(new)), at=record.issued_at)
    except paper.GlyphMissing:
        paper.render_certificate(record)  # raises, and names the text that has the letter
        return
    _printed.update(new)


def _letters_of_wording(record: CertificateFacts) -> frozenset[str]:
    values = {name: each for name, each in record.to_dict().items() if name not in _OWN}
    key = json.dumps(values, sort_keys=True)
    if key not in _wordings:
        if len(_wordings) >= MOST_WORDINGS:
            _wordings.clear()
        nobody = replace(record, holder_name="-", holder_school="")
        _wordings[key] = frozenset(_letters(certificate.sheet(nobody)))
    return _wordings[key]


def _letters(value: object) -> set[str]:
    """Every letter in the texts; one with marks upon it is taken together with them."""
    return {sign for text in paper.texts(paper.clean(value)) for sign in _WITH_MARKS.findall(text)}
