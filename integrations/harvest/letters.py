"""Mails to organisers: attendance that may be lost, and a report that came after the closing."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people import queries as people
from events.programme import queries as programme
from events.templatetags.moments import moment, span
from integrations.harvest import words
from integrations.harvest.models import HarvestRow

if TYPE_CHECKING:
    from events.backstage.post import Draft
    from events.programme.models import Part


def loss(row: HarvestRow) -> "Draft | None":
    """Tell the organiser before a service forgets a meeting; None when no mail reaches them."""
    part = programme.part_for_work(row.part_id)
    reader = people.address(programme.event_for_work(part.event_id).organiser)
    if not reader.reachable:
        return None
    with translation.override(sheets.tongue(reader.language)):
        sheet = _loss(row, part)
    purpose = f"harvest-loss:{row.pk}"
    return sheets.draft(
        sheet, to=reader, purpose=purpose, kind="harvest_loss", event_id=part.event_id
    )


def _loss(row: HarvestRow, part: "Part") -> Sheet:
    service = words.service(row.account.provider)
    guide = addresses.absolute(words.guide(row.account.provider))
    return Sheet(
        subject=_("Attendance at risk: %(title)s") % {"title": part.event.title},
        title=Quote(part.event.title, part.event.language),
        said=(
            _("The attendance of this meeting could not be fetched from %(service)s.") % {"service": service},
            _("Hand in the report before the service deletes it. Without it, nobody online is credited."),
        ),
        details=(
            Detail(_("When"), span(part.starts_at, part.ends_at, part.zone)),
            Detail(_("What stands in the way"), words.reason(row)),
            Detail(_("Hand it in by"), moment(row.deadline_at, part.zone)),
        ),
        buttons=(Action(_("Hand in the report"), _page("board_reports", part.event_id)),),
        links=(Action(_("Which attendance report to fetch, and where"), guide),),
    )  # fmt: skip


def late(event_id: int, part_id: int, report_id: int) -> "Draft | None":
    """Tell the organiser of a closed event that a report came; None when no mail reaches them."""
    part = programme.part_for_work(part_id)
    reader = people.address(programme.event_for_work(event_id).organiser)
    if not reader.reachable:
        return None
    with translation.override(sheets.tongue(reader.language)):
        sheet = _late(part, report_id)
    purpose = f"harvest-late:{report_id}"
    return sheets.draft(sheet, to=reader, purpose=purpose, kind="harvest_late", event_id=event_id)


def _late(part: "Part", report_id: int) -> Sheet:
    page = addresses.absolute(addresses.first("board_report", args=(part.event_id, report_id)))
    return Sheet(
        subject=_("A report came late: %(title)s") % {"title": part.event.title},
        title=Quote(part.event.title, part.event.language),
        said=(
            _("The video service told who was in the meeting after you had closed the attendance."),
            _("Nothing has changed. Look at the report, and take it over if it shall count."),
        ),
        details=(Detail(_("When"), span(part.starts_at, part.ends_at, part.zone)),),
        buttons=(Action(_("Look at the report"), page),),
    )


def _page(name: str, event_id: int) -> str:
    return addresses.absolute(addresses.first(name, args=(event_id,)))
