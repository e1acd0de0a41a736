"""Two people with one event open: a form filled from an older state overwrites nothing in silence."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.backstage import edge
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop
from events.planner.forms import EventForm
from events.programme import history
from events.programme.locked import locked

T = TypeVar("T")
FIELD = "_version"


class ChangedMeanwhile(DomainError):
    """The event is no longer as it was when the form was filled."""

    code = "changed_meanwhile"
    status = 409
    sentence = gettext_noop(
        "%(name)s has changed this event meanwhile: %(what)s. Compare, then save again."
    )


def require_unchanged(event_id: int, version: str) -> None:
    """Raise ChangedMeanwhile when deeds on the event followed the `version` of a form.

    A form without a version, as programs may send it, is taken as it is.
    """
    if not (version.isascii() and version.isdigit()):
        return
    lines = history.since(event_id, int(version[:18]))
    if lines:
        what = [word for line in lines for word in _words(line)]
        names = [line.who or _("Somebody") for line in lines]
        raise ChangedMeanwhile(
            name=", ".join(dict.fromkeys(names)), what=", ".join(dict.fromkeys(what))
        )


def _words(line: history.Line) -> list[str]:
    return [str(field) for field in line.fields] or [str(line.what)]


def saving(request: HttpRequest, event_id: int, save: Callable[[], T]) -> T:
    """Carry a form out under the lock of its event, if nobody has changed that meanwhile."""
    with transaction.atomic():
        locked(event_id, by=edge.actor(request))
        require_unchanged(event_id, request.POST.get(FIELD, ""))
        return save()


def told(request: HttpRequest, form: EventForm) -> bool:
    """Whether the form has to say that the event was changed; it then does, and nothing is shown."""
    if form.event is None:
        return False
    try:
        require_unchanged(form.event.pk, request.POST.get(FIELD, ""))
    except ChangedMeanwhile as error:
        edge.refuse_in(form, error)
        return True
    return False


def version(request: HttpRequest, form: EventForm) -> str:
    """What the form carries: the state it was filled from, or the present one once that was told."""
    if form.event is None:
        return ""
    sent = request.POST.get(FIELD, "")
    newest = str(history.version(form.event.pk))
    return sent if request.method == "POST" and not form.non_field_errors() else newest
