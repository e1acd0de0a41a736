"""A new family of events, and its events put in and taken out."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.planner import desk
from events.planner.queries import Scope
from events.programme import families
from events.programme import family_queries as queries
from events.programme.families import FamilyWish
from events.programme.familypages import KINDS

BIGINT_DIGITS = 18


class FamilyForm(forms.Form):
    """Name and kind of a family."""

    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Enter a title.")}
    )
    kind = forms.ChoiceField(label=_("What the events are together"), choices=list(KINDS.items()))
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def wish(self, scope: Scope) -> FamilyWish:
        """What the form asks for; only after it is valid."""
        data = self.cleaned_data
        return FamilyWish(
            kind=data["kind"], title=data["title"], summary=data["summary"],
            country_id=scope.country_id, cluster_id=scope.cluster_id,
            programme_id=scope.programme_id, language=scope.language,
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@desk.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Name and kind, and the family has its page."""
    by, at = edge.actor(request), edge.moment(request)
    scope, scopes = desk.scope_for(request, by, None)
    form = FamilyForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        family = families.found(form.wish(scope), by=by, at=at)
        return reverse("family", args=[family.slug])

    if request.method == "POST" and form.is_valid():
        return edge.once(request, do)
    context = {"form": form, "scope": scope, "scopes": scopes}
    status = 422 if request.method == "POST" else 200
    return render(request, "planner/family.html", context, status=status)


@require_POST
@desk.signed_in
def events(request: HttpRequest, family_id: int) -> HttpResponse:
    """Put an event into a family, or take it out."""
    by, at = edge.actor(request), edge.moment(request)
    family = queries.seen(family_id, by=by)
    text = request.POST.get("event", "")
    event_id = int(text) if text.isdecimal() and len(text) < BIGINT_DIGITS else 0
    deed = families.leave if request.POST.get("do") == "leave" else families.join

    def do() -> str:
        deed(event_id, family_id, by=by, at=at)
        return reverse("family", args=[family.slug])

    try:
        return edge.once(request, do)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        return edge.refuse(request, error)
