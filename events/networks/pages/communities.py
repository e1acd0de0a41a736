"""`/communities/`: groups by subject and job, joined and left with one tap."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.backstage import addresses, edge
from events.kernel.errors import Missing
from events.networks import groups


@require_safe
@never_cache
def communities(request: HttpRequest) -> HttpResponse:
    """The communities a reader may belong to."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    values = {"groups": groups.listed(by, on=at.date())}
    return render(request, "networks/communities.html", values)


@require_safe
@never_cache
def community(request: HttpRequest, code: str) -> HttpResponse:
    """One community: how many belong to it, and what is planned for them."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    group = next((one for one in groups.listed(by, on=at.date()) if one.code == code), None)
    if group is None:
        raise Missing
    return render(request, "networks/community.html", {"group": group})


@require_POST
def belong(request: HttpRequest, code: str) -> HttpResponse:
    """Join, or leave with `do=leave`; back to the page the button stood on."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(reverse("community", args=[code])))
    row = groups.seen(code, by=by)
    back = "communities" if request.POST.get("back") == "list" else "community"
    args = [] if back == "communities" else [code]

    def deed() -> str:
        if request.POST.get("do") == "leave":
            groups.leave(community_id=row.pk, by=by, at=at)
            messages.success(request, _("You left the community."))
        else:
            groups.join(community_id=row.pk, by=by, at=at)
            messages.success(request, _("You belong to the community. Its invitations reach you."))
        return reverse(back, args=args)

    return edge.once(request, deed)
