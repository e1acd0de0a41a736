"""`/help/reports/<service>/`: which attendance report to fetch, and where."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.kernel.errors import Missing
from integrations.pasted.guides import AS_OF, GUIDES


@require_safe
def guide(request: HttpRequest, service: str) -> HttpResponse:
    """The guide of one service, with ways to the others."""
    found = GUIDES.get(service)
    if found is None:
        raise Missing
    context = {"guide": found, "guides": GUIDES.values(), "as_of": date(*AS_OF, 1)}
    return render(request, "pasted/guide.html", context)
