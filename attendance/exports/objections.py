"""What a frozen batch holds on to: the days of its term, and the term itself."""

from collections.abc import Mapping

from attendance.exports.models import Batch
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop


class TermReported(DomainError):
    """The days of a term that was frozen for a ministry stay what the file says."""

    code = "term_reported"
    sentence = gettext_noop(
        "%(term)s was already exported for the ministry, so its days stay. Add another term instead."
    )


class TermKept(DomainError):
    """A term that was frozen for a ministry stays."""

    code = "term_kept"
    sentence = gettext_noop("%(term)s was already exported for the ministry, so it stays.")


def to_days(ids: Mapping[str, int]) -> None:
    """Raise TermReported when there is a batch of the term; it holds the lines of the old days."""
    if (name := _reported(ids["term"])) is not None:
        raise TermReported(field="starts_on", term=name)


def to_removal(ids: Mapping[str, int]) -> None:
    """Raise TermKept when there is a batch of the term."""
    if (name := _reported(ids["term"])) is not None:
        raise TermKept(term=name)


def _reported(term_id: int) -> str | None:
    return Batch.objects.filter(term_id=term_id).values_list("term__name", flat=True).first()
