"""`/events/<slug>/recorded/`: one's own answer about being in the recording, and about each talk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import addresses, edge
from events.consents import commands, queries
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import queries as registration
from events.registration import recorded


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say yes or no, or take it back, for whoever takes part or speaks; else Missing."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))
    event = programme.seen_by_slug(slug, by=by)
    person_id = by.person_id
    pieces = ["", *recorded.talks_of(event.pk, person_id)]
    if len(pieces) == 1 and not registration.has_ever_joined(event.pk, person_id):
        raise Missing

    def do() -> str:
        for number, piece in enumerate(pieces):
            if (said := request.POST.get(f"answer-{number}")) in {"yes", "no"}:
                commands.answer(
                    queries.recording_of(event.pk, piece), person_id=person_id,
                    yes=said == "yes", where="page", by=by, at=at,
                )  # fmt: skip
        messages.success(request, _("Saved."))
        return reverse("recorded_answer", args=[event.slug])

    if request.method == "POST":
        return edge.once(request, do)
    rows = [
        (number, piece, queries.agrees(queries.recording_of(event.pk, piece), person_id))
        for number, piece in enumerate(pieces)
    ]
    return render(request, "registration/recorded.html", {"event": event, "rows": rows})
