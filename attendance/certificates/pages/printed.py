"""Papers of one event for the printer: all certificates, the list to sign, the ticket cards."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attendance.certificates import commands, delivery, paper, policies, printing, queries, tables
from attendance.certificates.pages.papers import pdf
from events.backstage import addresses, edge
from events.kernel.errors import NotAllowed
from events.programme import queries as programme
from events.programme.policies import may_run
from events.registration import queries as registration
from events.registration.queries import Entry

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate
    from events.programme.models import Event

AT_ONCE = 60
BIGINT_DIGITS = 18


def _event(request: HttpRequest, event_id: int) -> "Event":
    """An event the reader runs; Missing or NotAllowed."""
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    if not may_run(by, event):
        raise NotAllowed
    return event


def _guests(
    request: HttpRequest, event_id: int, *, state: str = "registered"
) -> tuple["Event", list[Entry]]:
    """The registered people, or those who wait, whom the reader may print, by name."""
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    schools = policies.printable_schools(by, event)
    entries = registration.roster(event_id, states=(state,))
    if schools is None:
        return event, entries
    return event, [entry for entry in entries if entry.school_id in schools]


def _wanted(request: HttpRequest, event_id: int) -> list["Certificate"]:
    """Certificates in force by name of the holder; `?who=paper` those whom no mail reaches."""
    return tables.certificates_of(event_id, unreached=request.GET.get("who") == "paper")


@require_safe
def certificates(request: HttpRequest, event_id: int) -> HttpResponse:
    """What there is to print, in sets of sixty, and what could not be made."""
    event = _event(request, event_id)
    everybody = tables.certificates_of(event_id)
    unreached = tables.certificates_of(event_id, unreached=True)
    missing = sum(not delivery.is_kept(row) for row in everybody)
    held = tables.held_back(event_id)
    context = {
        "event": event, "rows": [(row, queries.record_of(row)) for row in everybody],
        "unreached": [row.pk for row in unreached], "sets": tables.sets_of(len(everybody), AT_ONCE),
        "paper_sets": tables.sets_of(len(unreached), AT_ONCE),
        "to_prepare": missing if missing > AT_ONCE else 0, "held": held, "total": len(everybody),
        "held_total": len(held),
    }  # fmt: skip
    return render(request, "certificates/printed.html", context)


@require_safe
def bundle(request: HttpRequest, event_id: int) -> HttpResponse:
    """At most sixty certificates in one PDF; `?from=61` gives the next sixty."""
    event = _event(request, event_id)
    first = request.GET.get("from", "1")
    start = int(first) - 1 if first.isdecimal() and len(first) < 6 and int(first) else 0  # noqa: PLR2004
    rows = _wanted(request, event_id)[start : start + AT_ONCE]
    if not rows:
        return HttpResponseRedirect(reverse("certificates", args=[event_id]))
    made = printing.bundle([delivery.certificate_pdf(row) for row in rows], at=edge.moment(request))
    return pdf(made, f"certificates-{event.slug}.pdf")


@require_safe
def archive(request: HttpRequest, event_id: int) -> HttpResponse:
    """All certificates as single files; beyond sixty they are prepared by a job first."""
    event = _event(request, event_id)
    rows = _wanted(request, event_id)
    if not rows or sum(not delivery.is_kept(row) for row in rows) > AT_ONCE:
        return HttpResponseRedirect(reverse("certificates", args=[event_id]))
    made = printing.archive([(f"{row.number}.pdf", delivery.certificate_pdf(row)) for row in rows])
    answer = HttpResponse(made, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="certificates-{event.slug}.zip"'
    return answer


@require_POST
def prepare(request: HttpRequest, event_id: int) -> HttpResponse:
    """Draw all papers in a job."""
    _event(request, event_id)
    place = reverse("certificates", args=[event_id])
    job = commands.prepare(event_id, place=place, by=edge.actor(request), at=edge.moment(request))
    return HttpResponseRedirect(addresses.first("job", args=(job.pk,)) or place)


@require_safe
def sign_in_sheet(request: HttpRequest, event_id: int) -> HttpResponse:
    """The list to sign, with empty lines for people who come without having registered."""
    event, entries = _guests(request, event_id)
    wanted = request.GET.get("part", "")
    part_id = int(wanted) if wanted.isdecimal() and len(wanted) < BIGINT_DIGITS else 0
    occasion = tables.occasion(event_id, language=get_language() or "en", part_id=part_id)
    sheet = tables.sign_in_sheet(occasion, entries, at=edge.moment(request))
    return pdf(paper.render_sign_in_sheet(sheet), f"sign-in-{event.slug}.pdf")


@require_safe
def ticket_cards(request: HttpRequest, event_id: int) -> HttpResponse:
    """Cards for those whom no mail reaches; `?who=all` for everybody. Without cards, it says why."""
    event, entries = _guests(request, event_id)
    if request.GET.get("who") != "all":
        entries = tables.unreached(entries)
    if not entries:
        messages.info(request, _nobody(request, event_id))
        return HttpResponseRedirect(addresses.page_of(event.slug))
    occasion = tables.occasion(event_id, language=event.language)
    cards = tables.ticket_cards(occasion, event_id, entries, at=edge.moment(request))
    return pdf(paper.render_ticket_cards(cards), f"cards-{event.slug}.pdf")


def _nobody(request: HttpRequest, event_id: int) -> str:
    """Why there is no card to print; whoever waits gets one with the place."""
    waiting = tables.unreached(_guests(request, event_id, state="waiting")[1])
    if not waiting:
        return _("Everybody registered has a mail address, so nobody needs a card.")
    names = ", ".join(entry.name for entry in waiting)
    return _(
        "On the waiting list without e-mail: %(names)s. When a place is free for them, "
        "whoever registers their school gets a mail, and their card is here."
    ) % {"names": names}
