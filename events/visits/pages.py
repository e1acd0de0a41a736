"""Pages of a visit: which schools come, and what the host school sees and ticks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.backstage import addresses, edge
from events.networks import queries as networks
from events.networks.models import School
from events.programme import policies as may
from events.programme import queries as programme
from events.programme.models import Event
from events.visits import commands, policies, queries
from events.visits.forms import WORDS, CheckForm, SchoolsForm
from events.visits.models import CheckItem

Line = tuple[CheckItem, str, CheckForm]


@require_http_methods(["GET", "HEAD", "POST"])
def schools(request: HttpRequest, event_id: int) -> HttpResponse:
    """`/plan/<event>/schools/`: tick the schools that come, and how many people of each."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))
    event = programme.seen(event_id, by=by)
    may.require_may_run(by, event)
    if request.method != "POST":
        return _choose(request, event, _present(request, event))
    form = SchoolsForm(request.POST, school_ids=[row.pk for row in _offered(request, event)])

    def do() -> str:
        commands.set_schools(event_id, form.wanted(), by=by, at=at)
        messages.success(request, _("The schools are chosen."))
        return reverse("event", args=[event.slug])

    return edge.submit(request, form, do) or _choose(request, event, form, status=422)


def _present(request: HttpRequest, event: Event) -> SchoolsForm:
    chosen = {row.school_id: row.places for row in queries.visitors_of(event.pk)}
    initial: dict[str, object] = {f"come-{pk}": True for pk in chosen}
    initial |= {f"places-{pk}": places for pk, places in chosen.items()}
    ids = [row.pk for row in _offered(request, event)]
    return SchoolsForm(school_ids=ids, initial=initial)


def _offered(request: HttpRequest, event: Event) -> list[School]:
    """Schools chosen already or ticked just now, then those found."""
    text = request.POST.get("q", request.GET.get("q", ""))
    rows = queries.candidates(event, text=text, at=edge.moment(request))
    near = list(rows[: queries.MOST_FOUND])
    ticked = {name[5:] for name in request.POST if name.startswith("come-")}
    kept = {*event.visitors, *(int(one) for one in ticked if one.isascii() and one.isdigit())}
    own = School.objects.filter(pk__in=kept - {row.pk for row in near}).select_related("country")
    return [*own.order_by("sort_key", "pk"), *near]


def _choose(
    request: HttpRequest, event: Event, form: SchoolsForm, *, status: int = 200
) -> HttpResponse:
    found = _offered(request, event)
    context = {
        "event": event, "form": form, "more": len(found) >= queries.MOST_FOUND,
        "q": request.POST.get("q", request.GET.get("q", "")),
        "rows": [(row, form[f"come-{row.pk}"], form[f"places-{row.pk}"]) for row in found],
    }  # fmt: skip
    return render(request, "visits/schools.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def host(request: HttpRequest, event_id: int) -> HttpResponse:
    """`/host/<event>/`: the checklist of the host school, how many come from where, and who."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))
    event = programme.seen(event_id, by=by)
    policies.require_may_host(by, event)
    forms = _forms(request, event)
    if request.method == "POST" and all(form.is_valid() for _item, _words, form in forms):
        answers = {item.code: form.said() for item, _words, form in forms}

        def do() -> str:
            commands.save_checklist(event_id, answers, by=by, at=at)
            messages.success(request, _("Saved."))
            return reverse("visit_host", args=[event_id])

        return edge.once(request, do)
    return _hosting(request, event, forms)


def _hosting(request: HttpRequest, event: Event, forms: list[Line]) -> HttpResponse:
    visitors, others = queries.visitors_of(event.pk), queries.others_of(event.pk)
    context = {
        "event": event, "parts": programme.parts_of(event.pk), "forms": forms,
        "visitors": visitors, "others": others,
        "total": sum(len(row.names) for row in visitors) + len(others),
        "done": sum(item.done_at is not None for item, _words, _form in forms),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/host.html", context, status=status)


def _forms(request: HttpRequest, event: Event) -> list[Line]:
    """The form of each thing to see to, with the people of the host school to hand it to."""
    ids = frozenset({event.host_school_id} if event.host_school_id else ())
    people = networks.teachers_of_schools(ids, on=edge.moment(request).date())
    owners = [(person.pk, person.name) for person in people]
    posted = request.POST if request.method == "POST" else None
    return [
        (item, str(WORDS[CheckItem.Code(item.code)]), _form(item, posted, owners))
        for item in queries.checklist(event.pk)
    ]


def _form(item: CheckItem, posted: QueryDict | None, owners: list[tuple[int, str]]) -> CheckForm:
    initial = {
        "done": item.done_at is not None, "due_on": item.due_on, "owner": item.owner_id,
        "note": item.note,
    }  # fmt: skip
    return CheckForm(posted, owners=owners, prefix=item.code, initial=initial)
