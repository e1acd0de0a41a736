"""Papers as files: drawn when first asked for, then kept under the digest of their facts.

Two who ask at once draw the same bytes, so it does not matter whose are kept.
"""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from attendance.certificates import paper, queries
from attendance.certificates.models import Certificate, Statement
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop


class RecordDamaged(DomainError):
    """The stored facts are not those that were issued; no paper is made from them."""

    code = "record_damaged"
    status = 409
    sentence = gettext_noop(
        "Our record of this paper is damaged. Write to us; nothing was printed."
    )


def certificate_pdf(row: Certificate) -> bytes:
    """The certificate as PDF, the same bytes each time; raises RecordDamaged."""
    if not queries.intact(row):
        raise RecordDamaged
    return _kept(row.digest, lambda: paper.render_certificate(queries.record_of(row)))


def statement_pdf(row: Statement) -> bytes:
    """The statement as PDF, the same bytes each time; raises RecordDamaged."""
    if not queries.statement_intact(row):
        raise RecordDamaged
    return _kept(row.digest, lambda: paper.render_statement(queries.statement_record(row)))


def is_kept(row: Certificate) -> bool:
    """Whether the paper was drawn already."""
    return default_storage.exists(_name(row.digest))


def _name(digest: str) -> str:
    return f"papers/{digest}.pdf"


def _kept(digest: str, draw: Callable[[], bytes]) -> bytes:
    name = _name(digest)
    if not default_storage.exists(name):
        saved = default_storage.save(name, ContentFile(draw()))
        if saved != name:
            default_storage.delete(saved)
    with default_storage.open(name) as file:
        return bytes(file.read())
