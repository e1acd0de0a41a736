"""Helping somebody who cannot get in: each deed with the mail that tells the person."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import addresses, edge, post
from events.kernel.actors import Actor, Role
from events.kernel.errors import DomainError, Missing
from events.networks import queries as networks
from events.networks.persons import desk, letters
from events.networks.persons.forms import AddressForm, ReasonForm
from events.people import policies as may
from events.people import queries as people
from events.people import rescue
from events.people.models import Person

REFUSED = 422
View = Callable[[HttpRequest, str], HttpResponse]


@transaction.atomic
def take_second_step(person_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Forget a lost code app and tell the person who did it and why."""
    person = rescue.take_second_step(person_id=person_id, reason=reason, by=by, at=at)
    to = people.address(person)
    if to.email:
        sender = people.active(by.person_id) if by.person_id else None
        post.queue(letters.second_step_taken(to, reason=reason, sender=sender, at=at), at=at)


@transaction.atomic
def change_address(person: Person, *, email: str, by: Actor, at: datetime) -> None:
    """Give a person another address and tell the former one."""
    former = rescue.change_address(
        person_id=person.pk, email=email, kept=keeps(by, person, at=at), by=by, at=at
    )
    if former.reachable:
        post.queue(letters.address_changed(former, at=at), at=at)


def keeps(by: Actor, person: Person, *, at: datetime) -> bool:
    """Whether the actor keeps a school of the person."""
    homes = networks.actor_for(person, at=at).home_schools
    return bool(homes & by.reach("schools", *desk.KEEPERS))


def tools(by: Actor, person: Person, *, at: datetime) -> dict[str, bool]:
    """What the reader of a person's page can do about getting in."""
    return {
        "second_step": by.is_a(Role.ADMINISTRATOR)
        and by.person_id != person.pk
        and rescue.has_second_step(person.pk),
        "address": rescue.may_change_address(
            by, person, kept=keeps(by, person, at=at), at=at
        ),
        "mail": may.may_look_after(by) and person.mail_state == Person.MailState.BOUNCED,
    }  # fmt: skip


def _opened(request: HttpRequest, handle: str, tool: str) -> Person:
    by, at = edge.actor(request), edge.moment(request)
    if not desk.answers_for_people(by):
        raise Missing
    person = desk.person(by, handle, at=at)
    if not tools(by, person, at=at)[tool]:
        raise Missing
    return person


def _signed_in(view: View) -> View:
    @wraps(view)
    def ask(request: HttpRequest, handle: str) -> HttpResponse:
        if edge.actor(request).person_id is None:
            return HttpResponseRedirect(addresses.sign_in(request.path))
        return view(request, handle)

    return ask


def _filled(request: HttpRequest, form: Form, do: Callable[[], None]) -> bool:
    """Carry out a form that was sent and is valid; False shows it, with a refusal in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do()
    except DomainError as refusal:
        edge.refuse_in(form, refusal)
        return False
    return True


def _asked(request: HttpRequest, person: Person, form: Form, template: str) -> HttpResponse:
    values = {"person": person, "form": form}
    return render(request, template, values, status=REFUSED if form.errors else 200)


def _back(request: HttpRequest, handle: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("person", args=[handle]))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_signed_in
def second_step(request: HttpRequest, handle: str) -> HttpResponse:
    """Take away the second step of somebody who lost the phone; asks why."""
    person, form = _opened(request, handle, "second_step"), ReasonForm(request.POST or None)
    by, at = edge.actor(request), edge.moment(request)

    def do() -> None:
        take_second_step(person.pk, reason=form.cleaned_data["reason"], by=by, at=at)

    if _filled(request, form, do):
        return _back(request, handle, _("The second step is taken away. The person is told."))
    return _asked(request, person, form, "persons/second_step.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_signed_in
def address(request: HttpRequest, handle: str) -> HttpResponse:
    """Correct the address of a person."""
    person = _opened(request, handle, "address")
    form = AddressForm(request.POST or None, initial={"email": person.email})
    by, at = edge.actor(request), edge.moment(request)

    def do() -> None:
        change_address(person, email=form.cleaned_data["email"], by=by, at=at)

    if _filled(request, form, do):
        return _back(request, handle, _("The address is changed. The former one is told."))
    return _asked(request, person, form, "persons/address.html")


@require_POST
@never_cache
def mail_again(request: HttpRequest, handle: str) -> HttpResponse:
    """Try an address again that mail came back from."""
    person = _opened(request, handle, "mail")
    by, at = edge.actor(request), edge.moment(request)
    rescue.try_mail_again(person_id=person.pk, by=by, at=at)
    return _back(request, handle, _("Mail to this address is tried again."))
