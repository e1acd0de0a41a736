"""`/events/<slug>/colleagues/`: register the people of a school from a pasted list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from events.backstage import addresses, edge
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.networks import queries as networks
from events.networks.models import School
from events.networks.rosters.problems import RowProblem
from events.networks.rosters.sentences import SENTENCES
from events.people import queries as people
from events.programme import queries as programme
from events.programme.models import Event
from events.registration import colleagues, matching, queries, quotas, readers
from events.registration.colleagues import Preview
from events.registration.forms import ColleaguesForm
from events.registration.queries import Places

REGISTERED = "registered"
PICK = re.compile(r"pick-(\d{1,6})")


@dataclass(frozen=True)
class Desk:
    """One request to the page: the event and what its reader may do there."""

    request: HttpRequest
    event: Event
    schools: list[School]
    offers: list[Places]


@require_http_methods(["GET", "HEAD", "POST"])
def register_colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    """Paste names, look at what they mean, register all of them at once."""
    actor, at = edge.actor(request), edge.moment(request)
    event = programme.seen_by_slug(slug, by=actor)
    if actor.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))
    schools = colleagues.schools_kept(event, by=actor, at=at)
    if not schools:
        raise NotAllowed
    desk = Desk(request, event, schools, queries.places_of(event.pk))
    return _posted(desk) if request.method == "POST" else _paste(desk, _fresh(desk))


def _fresh(desk: Desk) -> ColleaguesForm:
    wanted = desk.request.GET.get("school", "")
    school = next((row for row in desk.schools if str(row.pk) == wanted), None)
    missed = readers.unreached(desk.event, at=edge.moment(desk.request)) if school else {}
    own = _nearest(desk)
    names = "\n".join(person.name for person in missed.get(school.pk, [])) if school else ""
    initial = {
        "school": (school or own).pk,
        "way": desk.offers[0].way if desk.offers else "",
        "names": names,
    }
    return ColleaguesForm(schools=desk.schools, offers=desk.offers, initial=initial)


def _nearest(desk: Desk) -> School:
    """The host school or the reader's own, where it is among the schools, else the first."""
    reader, at = edge.actor(desk.request).person_id or 0, edge.moment(desk.request)
    mine = networks.school_at([reader], on=at.date()).get(reader)
    wanted = (desk.event.host_school_id, mine.school_id if mine else None)
    by_id = {row.pk: row for row in desk.schools}
    return next((by_id[pk] for pk in wanted if pk in by_id), desk.schools[0])


def _paste(desk: Desk, form: ColleaguesForm, *, status: int = 200) -> HttpResponse:
    ids = {row.pk for row in desk.schools}
    everybody = queries.roster(desk.event.pk, states=("registered", "waiting"))
    placed = [
        row.person_id for row in everybody if row.school_id in ids and row.state == REGISTERED
    ]
    found = [quotas.quota_of(desk.event.pk, row.pk) for row in desk.schools]
    values = {
        "event": desk.event,
        "quotas": [quota for quota in found if quota and quota.places is not None],
        "event_page": addresses.page_of(desk.event.slug),
        "form": form,
        "held": [entry for entry in everybody if entry.school_id in ids],
        "cards": addresses.first("ticket_cards", args=(desk.event.pk,)) if placed else "",
        "cards_for_all": not any(not to.reachable for to in people.addresses(placed).values()),
    }
    return render(desk.request, "registration/colleagues/paste.html", values, status=status)


def _posted(desk: Desk) -> HttpResponse:
    form = ColleaguesForm(desk.request.POST, schools=desk.schools, offers=desk.offers)
    if not form.is_valid() or "back" in desk.request.POST:
        return _paste(desk, form, status=200 if form.is_valid() else 422)
    school = next(row for row in desk.schools if row.pk == form.cleaned_data["school"])
    try:
        found = colleagues.preview(
            form.cleaned_data["names"], school=school, at=edge.moment(desk.request)
        )
        taken, unsettled = matching.settle(found.lines, answers_in(desk.request.POST))
        if "register" in desk.request.POST and taken and not unsettled:
            return edge.once(desk.request, lambda: _register(desk, form, school, found, taken))
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        edge.refuse_in(form, error)
        return _paste(desk, form, status=error.status)
    asked = unsettled if "register" in desk.request.POST else []
    return _look(desk, form, school, found, asked=asked)


def answers_in(posted: Mapping[str, object]) -> dict[int, str]:
    """Answers to doubtful lines, by number of the line."""
    found = {PICK.fullmatch(name): str(value) for name, value in posted.items()}
    return {int(name[1]): value for name, value in found.items() if name}


def _register(
    desk: Desk, form: ColleaguesForm, school: School, found: Preview,
    taken: Sequence[matching.Taken],
) -> str:  # fmt: skip
    placed = _placed(desk.event)
    done = colleagues.register_colleagues(
        desk.event, taken, school=school, way=form.cleaned_data["way"],
        by=edge.actor(desk.request), at=edge.moment(desk.request),
    )  # fmt: skip
    added = {*done.registered, *done.waiting} - placed
    kept = {item.pasted.number for item in taken}
    out = [line.pasted.name for line in found.lines if line.pasted.number not in kept]
    messages.success(desk.request, gettext("Registered: %(number)s.") % {"number": len(added)})
    if out:
        values = {"number": len(out), "names": ", ".join(out)}
        messages.warning(desk.request, gettext("Left out: %(number)s (%(names)s).") % values)
    return f"{desk.request.path}#registered"


def _placed(event: Event) -> set[int]:
    return set(queries.holding(event.pk).values_list("person_id", flat=True))


def _look(
    desk: Desk, form: ColleaguesForm, school: School, found: Preview, *, asked: Sequence[int]
) -> HttpResponse:
    placed = _placed(desk.event)
    groups = {fit: [line for line in found.lines if line.fit == fit] for fit in matching.Fit}
    known = groups[matching.Fit.KNOWN]
    answers = answers_in(desk.request.POST)
    kept = {item.pasted.number for item in matching.settle(found.lines, {})[0]}
    offered = {line.pasted.number: line.likely for line in groups[matching.Fit.DOUBTFUL]}
    taken = matching.settle(found.lines, offered | answers)[0]
    number = len([1 for item in taken if item.person_id not in placed])
    offer = next(row for row in desk.offers if row.way == form.cleaned_data["way"])
    values = {
        "event": desk.event, "form": form, "school": school, "known": known,
        "added": [line for line in groups[matching.Fit.NEW] if line.pasted.number in kept],
        "doubtful": [
            (line, answers.get(line.pasted.number, line.likely))
            for line in groups[matching.Fit.DOUBTFUL]
        ],
        "out": {number for number, answer in answers.items() if answer == matching.LEAVE_OUT},
        "placed": placed, "problems": [_words(problem) for problem in found.problems],
        "asked": asked, "number": number, "nonce": edge.new_nonce(),
        "short": max(0, number - offer.free) if offer.free is not None else 0,
    }  # fmt: skip
    status = 422 if asked else 200
    return render(desk.request, "registration/colleagues/look.html", values, status=status)


def _words(problem: RowProblem) -> tuple[int, str]:
    return problem.row_number, gettext(SENTENCES[problem.code]) % problem.values
