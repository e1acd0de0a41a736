"""Video links as they are pasted: read, judged and made by the room that knows the services."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from events.backstage import contributed
from events.kernel.actors import Actor
from events.kernel.contributions import Doubt, Invitation, LinkUse
from events.kernel.zones import instant
from events.kinds.models import Mode
from events.programme import states

if TYPE_CHECKING:
    from events.planner.forms import EventForm

LONGEST_TEXT, LONGEST_LINK, LONGEST_LINE = 20_000, 600, 400
NOTHING = Invitation()
WHOLE = _("Paste the whole link, beginning with https.")
_typed = forms.URLField(assume_scheme="https", max_length=LONGEST_LINK, required=False)


def read(text: str) -> Invitation:
    """What a pasted text says."""
    return cast("Invitation", contributed.link("read")(text)) if text else NOTHING


def checked(text: str, found: Invitation) -> str:
    """The link to keep; raises ValidationError that says what to paste instead."""
    if found.refused:
        raise forms.ValidationError(contributed.link("sentence")(found.refused), code="refused")
    link = found.link or found.insecure
    if text and not link:
        words = _("No link is found in this text. Paste the link of the meeting too.")
        raise forms.ValidationError(words if len(text.split()) > 1 else WHOLE, code="invalid")
    try:
        return str(_typed.clean(link))
    except forms.ValidationError as error:
        raise forms.ValidationError(WHOLE, code="invalid") from error


def doubts(form: "EventForm", *, by: Actor) -> list[Doubt]:
    """What is doubtful about the link of a valid form; nothing about one that was asked about before."""
    data = form.cleaned_data
    if form.starts is None or data["mode"] == Mode.ROOM or not data["join_url"]:
        return []
    if contributed.is_ours(data["join_url"]):
        return []
    plan, event = form.wish().plan, form.event
    starts = instant(plan.starts, plan.zone)
    if _asked_before(form, starts):
        return []
    use = LinkUse(
        text=form.pasted_text, starts_at=starts, zone=plan.zone, line=data["dial_in"],
        ends_at=starts + timedelta(minutes=plan.minutes), event_id=event.pk if event else None,
        link_before=form.link_before, line_before=form.line_before,
    )  # fmt: skip
    return cast("list[Doubt]", contributed.link("doubts")(use, by=by))


def _asked_before(form: "EventForm", starts: datetime) -> bool:
    """Whether a published event keeps its link and start; its page shows what is doubtful."""
    event = form.event
    published = event is not None and event.state != states.DRAFT
    kept = form.pasted_text == form.link_before and event is not None and starts == event.starts_at
    return published and kept


def coming(event_id: int) -> bool:
    """Whether a connection makes the meeting of an event by itself."""
    return cast("bool", contributed.link("coming")(event_id))


def host() -> str:
    """Where a room can be made on wish; empty where none can."""
    return cast("str", contributed.link("host")())


def room(title: str) -> str:
    """The address of a new room."""
    return cast("str", contributed.link("room")(title))
