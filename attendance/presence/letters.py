"""The mail that asks an organiser for a look at the attendance."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.presence import board, finding
from events.backstage import addresses, contributed
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people import queries as people
from events.programme import queries as programme
from events.templatetags.moments import span
from events.templatetags.numbers import number

if TYPE_CHECKING:
    from events.backstage.post import Draft
    from events.programme.models import Event, Part


def look(event: "Event", part: "Part", *, turn: str, at: datetime) -> "Draft | None":
    """Ask the organiser to look and close; None when no mail reaches them."""
    reader = people.address(event.organiser)
    if not reader.reachable:
        return None
    found = board.board(event.pk, at=at)
    waiting, _aside = finding.unmatched(event, at=at)
    with translation.override(sheets.tongue(reader.language)):
        sheet = _sheet(event, part, found, len(waiting))
    purpose = f"look:{event.pk}:{part.sequence}:{turn}"
    return sheets.draft(sheet, to=reader, purpose=purpose, kind="look", event_id=event.pk)


def _sheet(event: "Event", part: "Part", found: board.Board, waiting: int) -> Sheet:
    counts = {tab: found.count(tab) for tab in ("credited", "look")}
    look_at = counts["look"] + waiting
    page = addresses.absolute(addresses.first("board", args=(event.pk,)))
    first = f"{page}?show=look" if counts["look"] and not waiting else page
    return Sheet(
        subject=_subject(event, look_at),
        title=Quote(event.title, event.language),
        said=(_summary(found.registered, look_at), _("Certificates are made when you close.")),
        details=(
            Detail(_("When"), span(part.starts_at, part.ends_at, part.zone)),
            Detail(_("Registered"), number(found.registered)),
            Detail(_("Have enough time"), number(counts["credited"])),
            Detail(_("Need a look from you"), number(counts["look"])),
            Detail(_("Not matched"), number(waiting)),
        ),
        buttons=(Action(_("Look and close") if look_at else _("Close attendance"), first),),
        links=_guide(event),
    )  # fmt: skip


def _subject(event: "Event", look_at: int) -> str:
    """What is wanted: a look at somebody, or only the closing."""
    said = (
        _("Attendance needs a look: %(title)s") if look_at else _("Close the attendance: %(title)s")
    )
    return said % {"title": event.title}


def _guide(event: "Event") -> tuple[Action, ...]:
    """Where to fetch the report of the video service, for an event that had a link."""
    links = [part.join_url for part in programme.parts_of(event.pk) if part.join_url]
    if not links:
        return ()
    page = addresses.absolute(contributed.link("guide")(links[0]))
    return (Action(_("Which attendance report to fetch, and where"), page),)


def _summary(registered: int, look_at: int) -> str:
    values = {"registered": number(registered), "number": number(look_at)}
    if not look_at:
        return _("%(registered)s registered, nobody needs a look.") % values
    return (
        ngettext(
            "%(registered)s registered, %(number)s needs a look.",
            "%(registered)s registered, %(number)s need a look.",
            look_at,
        )
        % values
    )
