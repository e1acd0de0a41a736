"""The people one answers for: find them, add one, give and end roles, send a mail again."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.backstage import addresses, edge, installation
from events.kernel.errors import DomainError, Missing
from events.kernel.zones import instant
from events.networks import queries as networks
from events.networks.persons import desk, helping, roles, wording
from events.networks.persons.forms import ColleagueForm, RoleForm
from events.people import commands
from events.people import policies as may
from events.people.models import Person

ROWS, LONGEST, REFUSED = 50, 80, 422


def _ask_in(request: HttpRequest) -> HttpResponse | None:
    """Who is not signed in is asked to; others without people of their own find nothing."""
    if edge.actor(request).person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))
    if not desk.answers_for_people(edge.actor(request)):
        raise Missing
    return None


@require_safe
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """The list; `?q=` narrows it by words of name or address."""
    if answer := _ask_in(request):
        return answer
    by, at = edge.actor(request), edge.moment(request)
    text = request.GET.get("q", "").strip()[:LONGEST]
    page = Paginator(desk.found(by, text, at=at), ROWS).get_page(request.GET.get("page"))
    ids = [row.pk for row in page]
    schools = networks.school_at(ids, on=at.date())
    values = {
        "q": text, "page_of_list": page, "rows": [(row, schools.get(row.pk)) for row in page],
        "adds": bool(desk.schools_kept(by)),
    }  # fmt: skip
    return render(request, "persons/list.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Add a colleague to a school one keeps."""
    if answer := _ask_in(request):
        return answer
    by, at = edge.actor(request), edge.moment(request)
    places = desk.places(by)
    if not places:
        raise Missing
    schools = [(place.school_id, f"{place.name} ({place.country})") for place in places]
    form = ColleagueForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        try:
            return edge.once(request, lambda: _added(form, request, at=at))
        except DomainError as refusal:
            edge.refuse_in(form, refusal)
    values = {"form": form, "nonce": request.POST.get(edge.NONCE) or edge.new_nonce()}
    return render(request, "persons/add.html", values, status=REFUSED if form.errors else 200)


def _added(form: ColleagueForm, request: HttpRequest, *, at: datetime) -> str:
    data = form.cleaned_data
    row = desk.add_colleague(
        name=data["name"], email=data["email"], language=data["language"],
        school_id=data["school"], starts_on=at.date(), by=edge.actor(request), at=at,
    )  # fmt: skip
    messages.success(request, _("Added: %(name)s") % {"name": row.name})
    return reverse("person", args=[row.handle])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person: schools, roles, mails. POST gives a role."""
    if answer := _ask_in(request):
        return answer
    by, at = edge.actor(request), edge.moment(request)
    row = desk.person(by, handle, at=at)
    offers = {offer.key: offer for offer in desk.offers(by, row, at=at)}
    named = [(key, _named(offer)) for key, offer in offers.items()]
    form = RoleForm(request.POST or None, roles=named)
    holder = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            desk.give(
                offers[data["role"]], row, starts_at=_start(data["since"]),
                ends_at=_end(data["until"]), by=by, at=at, deputy=data["deputy"],
            )  # fmt: skip
        except DomainError as refusal:
            edge.refuse_in(form, refusal)
            holder = desk.holder_of(by, refusal.data.get("grant_id"), at=at)
        else:
            messages.success(request, _("The role is given."))
            return HttpResponseRedirect(reverse("person", args=[handle]))
    return _page(request, row, form if named else None, holder)


def _named(offer: desk.Offer) -> str:
    values = {"role": wording.NAMES[offer.role], "where": offer.where}
    return _("%(role)s: %(where)s") % values


def _start(day: date | None) -> datetime | None:
    return instant(datetime.combine(day, time()), installation.zone()) if day else None


def _end(day: date | None) -> datetime | None:
    return _start(day + timedelta(days=1)) if day and day < date.max else None


def _page(
    request: HttpRequest, row: Person, form: RoleForm | None, holder: tuple[str, int] | None = None
) -> HttpResponse:
    by, at = edge.actor(request), edge.moment(request)
    held = roles.of_person(row.pk, at=at)
    values = {
        "person": row,
        "form": form,
        "holder": holder,
        "schools": networks.school_records([row.pk]),
        "roles": [(line, desk.may_end(by, line)) for line in held],
        "tools": helping.tools(by, row, at=at),
        "looks_after": may.may_look_after(by),
        "letters": desk.letters_of(row.pk) if may.may_look_after(by) else [],
    }
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "persons/person.html", values, status=status)


def _line(request: HttpRequest, handle: str, grant_id: int) -> tuple[Person, roles.RoleLine]:
    by, at = edge.actor(request), edge.moment(request)
    row = desk.person(by, handle, at=at)
    for line in roles.of_person(row.pk, at=at):
        if line.grant_id == grant_id and desk.may_end(by, line):
            return row, line
    raise Missing


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def role(request: HttpRequest, handle: str, grant_id: int) -> HttpResponse:
    """End a role, or hand it over to somebody found by name."""
    if answer := _ask_in(request):
        return answer
    by, at = edge.actor(request), edge.moment(request)
    row, line = _line(request, handle, grant_id)
    if request.method == "POST":
        return _ended(request, row, line)
    text = request.GET.get("q", "").strip()[:LONGEST]
    others = desk.found(by, text, at=at).exclude(pk=row.pk)[:10] if text else []
    if by.person_id is not None and others:
        others = [other for other in others if other.pk != by.person_id]
    values = {"person": row, "line": line, "q": text, "others": others}
    return render(request, "persons/role.html", values)


def _ended(request: HttpRequest, row: Person, line: roles.RoleLine) -> HttpResponse:
    by, at = edge.actor(request), edge.moment(request)
    if to := request.POST.get("to", ""):
        heir = desk.person(by, to, at=at)
        desk.hand_over(line, heir, by=by, at=at)
        messages.success(request, _("Handed over to: %(name)s") % {"name": heir.name})
    else:
        commands.end_grant(grant_id=line.grant_id, by=by, at=at)
        messages.success(request, _("The role has ended."))
    own = not desk.answers_for_people(by) or row.pk == by.person_id
    return HttpResponseRedirect("/" if own else reverse("person", args=[row.handle]))


@require_POST
@never_cache
def send_again(request: HttpRequest, handle: str, letter_id: int) -> HttpResponse:
    """Send one of a person's mails again; the helpdesk changes nothing else."""
    by, at = edge.actor(request), edge.moment(request)
    if not may.may_look_after(by):
        raise Missing
    row = desk.person(by, handle, at=at)
    if letter_id not in {letter.letter_id for letter in desk.letters_of(row.pk)}:
        raise Missing
    commands.send_again(letter_id=letter_id, by=by, at=at)
    messages.success(request, _("The mail is on its way again."))
    return HttpResponseRedirect(reverse("person", args=[handle]))
