"""The steps of the first run, in order, and which one comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.backstage.models import Installation

TITLES: dict[str, str | Promise] = {
    "administrator": _("Administrator"),
    "service": _("Service"),
    "country": _("Country"),
    "schools": _("Schools"),
    "clusters": _("Clusters"),
    "coordinators": _("Coordinators"),
    "done": _("Ready"),
}
ORDER = tuple(TITLES)
FIRST, LAST = ORDER[0], ORDER[-1]


@dataclass(frozen=True)
class Step:
    """One step as the list of steps shows it."""

    code: str
    title: str | Promise
    number: int
    open: bool
    current: bool


def after(code: str) -> str:
    """The step that follows."""
    return ORDER[min(ORDER.index(code) + 1, len(ORDER) - 1)]


def reached() -> str:
    """Where the first run stands: the step to go on with."""
    found = Installation.objects.first()
    return found.step if found else FIRST


def listed(current: str, until: str) -> list[Step]:
    """All steps; those up to `until` can be opened."""
    far = ORDER.index(until)
    return [
        Step(code, title, number + 1, number <= far, code == current)
        for number, (code, title) in enumerate(TITLES.items())
    ]
