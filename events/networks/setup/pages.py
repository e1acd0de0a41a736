"""The first-run pages: each step shows what is there, and can be left and taken up again."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events.backstage import edge, installation
from events.kernel.actors import Role
from events.kernel.errors import DomainError, Missing
from events.networks import overview
from events.networks.setup import building, commands, door, forms, steps
from events.networks.setup.shown import REFUSED, page
from events.people import queries as people

PLANNERS = (Role.CLUSTER_COORDINATOR, Role.SCHOOL_COORDINATOR)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Lead to where the first run stands; asks the setup code of other machines."""
    if not door.may_enter(request):
        return _code(request)
    return redirect("setup_step", steps.reached())


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step; those not reached yet lead to the one that is next."""
    if code not in steps.ORDER:
        raise Missing
    if not door.may_enter(request):
        return redirect("setup")
    reached = steps.reached()
    if steps.ORDER.index(code) > steps.ORDER.index(reached):
        return redirect("setup_step", reached)
    return STEPS[code](request)


def _code(request: HttpRequest) -> HttpResponse:
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        try:
            door.give_code(request, form.cleaned_data["code"], at=edge.moment(request))
            return redirect("setup")
        except DomainError as error:
            edge.refuse_in(form, error)
    status = REFUSED if form.is_bound else 200
    return render(request, "setup/code.html", {"form": form}, status=status)


def administrator(request: HttpRequest) -> HttpResponse:
    """Name, address and password of the first person, who is signed in at once."""
    if people.anybody_is(Role.ADMINISTRATOR):
        holders = people.holders(Role.ADMINISTRATOR, "world", 0, at=edge.moment(request))
        return page(request, "administrator", {"administrators": holders})
    form = forms.AdministratorForm(request.POST or None)
    if form.is_valid():
        try:
            person = commands.make_administrator(
                **form.cleaned_data, language=get_language() or "en", at=edge.moment(request)
            )
        except DomainError as error:
            edge.refuse_in(form, error)
        else:
            login(request, person, backend=BACKEND)
            return redirect("setup")
    return page(request, "administrator", {"form": form})


def service(request: HttpRequest) -> HttpResponse:
    """Languages, sender address, time zone; a test mail is sent while one waits."""
    form = forms.ServiceForm(request.POST or None, initial=overview.installation())
    if form.is_valid():
        by, at = edge.actor(request), edge.moment(request)
        commands.save_service(**form.cleaned_data, by=by, at=at)
        if request.POST.get("do") == "test":
            return _test_mail(request)
        messages.success(request, _("The service is saved."))
        return redirect("setup_step", "country")
    return page(request, "service", {"form": form})


def _test_mail(request: HttpRequest) -> HttpResponse:
    me = people.person(edge.actor(request).person_id)
    refusal = commands.send_test(to=me, by=edge.actor(request), at=edge.moment(request))
    if refusal:
        words = _("The mail server did not take the mail: %(why)s") % {"why": refusal}
        messages.error(request, words)
    else:
        words = _("The mail server took the mail for %(address)s. Look whether it arrives.")
        messages.success(request, words % {"address": me.email})
    return redirect("setup_step", "service")


def done(request: HttpRequest) -> HttpResponse:
    """What the network has now; opening the service ends the first run."""
    if request.method == "POST":
        commands.open_service(by=edge.actor(request), at=edge.moment(request))
        there = reverse("setup_step", args=[steps.LAST])
        return redirect(f"{reverse('second_step')}?{urlencode({'next': there})}")
    by, on = edge.actor(request), edge.moment(request).date()
    plans = by.reach("clusters", *PLANNERS) or by.reach("countries", Role.NATIONAL_COORDINATOR)
    shown = {"counts": overview.counts(on=on), "is_open": installation.is_open(), "plans": plans}
    return page(request, "done", shown)


STEPS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "administrator": administrator,
    "service": service,
    "country": building.country,
    "schools": building.schools,
    "clusters": building.clusters,
    "coordinators": building.coordinators,
    "done": done,
}
