"""`/events/<slug>/register/`: the same in two taps for somebody signed in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.backstage import addresses, edge
from events.kernel.errors import DomainError, Missing
from events.people.models import Person
from events.programme import queries as programme
from events.programme.models import Event
from events.registration import commands, links, queries, recorded, wishing
from events.registration.models import PersonalLink
from events.registration.pages.link import calendar_file, say_given_back
from events.registration.standing import NOT_COMING, standing
from events.registration.wishing import RECORDING


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show or change the reader's own place; POST `way` is room, online, recording or no."""
    return _page(request, slug, request.POST.get("way") or request.GET.get("way", ""))


@require_POST
def unregister(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the reader's own place or wait back."""
    return _page(request, slug, NOT_COMING)


def _page(request: HttpRequest, slug: str, wish: str) -> HttpResponse:
    event = programme.seen_by_slug(slug, by=edge.actor(request))
    if not isinstance(request.user, Person):
        return HttpResponseRedirect(_sign_in(slug, wish))
    if request.method != "POST":
        return _show(request, event, request.user, wish)
    try:
        return edge.once(request, lambda: _decide(request, event, wish))
    except Missing:
        raise
    except DomainError as refusal:
        return _show(request, event, request.user, "", refusal=refusal)


def _sign_in(slug: str, wish: str) -> str:
    path = reverse("register", args=(slug,))
    known = wish in {"room", "online", NOT_COMING, RECORDING}
    return addresses.sign_in(f"{path}?way={wish}" if known else path)


def _show(
    request: HttpRequest, event: Event, person: Person, wish: str, *,
    refusal: DomainError | None = None,
) -> HttpResponse:  # fmt: skip
    link = PersonalLink.objects.filter(event=event, person=person, revoked_at=None).first()
    place = standing(event, person, link, wish=wish, at=edge.moment(request))
    values = {
        "place": place,
        "nonce": edge.new_nonce(),
        "file": addresses.first("event_ics", args=(event.slug,)),
        "refusal": edge.sentence(refusal) if refusal else "",
    }
    return render(
        request, "registration/place.html", values, status=refusal.status if refusal else 200
    )


def _decide(request: HttpRequest, event: Event, way: str) -> str:
    by, at = edge.actor(request), edge.moment(request)
    person_id = by.person_id or 0
    held = queries.standing_of(event.pk, person_id)
    if way == RECORDING:
        wishing.ask(event.pk, person_id=person_id, by=by, at=at)
    elif way == NOT_COMING and queries.has_asked(event.pk, person_id):
        wishing.forgo(event.pk, person_id=person_id, by=by, at=at)
    elif way == NOT_COMING and held:
        commands.cancel(event.pk, person_id=person_id, by=by, at=at)
        say_given_back(request, held)
    elif way == NOT_COMING:
        commands.decline(event.pk, person_id=person_id, by=by, at=at)
    elif recorded.only_answers(request.POST, held, way):
        recorded.keep_answer(request.POST, event, person_id=person_id, where="page", by=by, at=at)
    else:
        commands.register(event.pk, person_id=person_id, way=way, by=by, at=at)
        recorded.keep_answer(
            request.POST, event, person_id=person_id, where="register", by=by, at=at
        )
        links.link_for(event_id=event.pk, person_id=person_id, at=at)
    return _back(request, event.slug)


def _back(request: HttpRequest, slug: str) -> str:
    """Where the form says, if that is a page of ours; else the page of the place."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("register", args=(slug,))


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file, for those who may see it."""
    actor = edge.actor(request)
    event = programme.seen_by_slug(slug, by=actor)
    response = calendar_file(event, queries.standing_of(event.pk, actor.person_id))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
