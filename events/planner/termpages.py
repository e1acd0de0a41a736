"""The planner's view of a term, and copying the last one."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.backstage import edge
from events.kernel.actors import Actor
from events.kernel.zones import wall
from events.planner import copying, desk
from events.planner.queries import Scope


def of(scope: Scope, *, today: date, by: Actor, at: datetime) -> dict[str, Any]:
    """What the view of the term shows beside its events: the term, the one before, and how many to copy."""
    terms = copying.terms_of(scope.country_id, today=today)
    copies = len(copying.to_copy(scope, terms, by=by, at=at)) if terms else 0
    former = terms.former if terms else None
    return {"term": terms.present if terms else None, "former": former, "copies": copies}


@require_POST
@desk.signed_in
def copy(request: HttpRequest) -> HttpResponse:
    """Copy the last term's events into drafts of this one."""
    by, at = edge.actor(request), edge.moment(request)
    scope, _scopes = desk.scope_for(request, by, None)
    today = wall(at, scope.zone).date()
    back = f"{reverse('planner')}?{urlencode({'view': 'term', 'scope': scope.key})}"

    def deed() -> str:
        number = copying.copy_term(scope, today=today, by=by, at=at)
        words = ngettext("%(number)s draft is made.", "%(number)s drafts are made.", number)
        messages.success(request, words % {"number": number})
        return back

    try:
        return edge.once(request, deed)
    except copying.NothingToCopy as refusal:
        messages.warning(request, edge.sentence(refusal))
        return HttpResponseRedirect(back)
