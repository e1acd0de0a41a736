"""Helping somebody who cannot get in: each deed with the mail that tells the person."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_step(request: HttpRequest, handle: str) -> HttpResponse:
    """Take away the second step of somebody who lost the phone; asks why."""
    if edge.actor(request).person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    person = _opened(request, handle, "second_step")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = edge.actor(request), edge.moment(request)
        try:
            take_second_step(person.pk, reason=form.cleaned_data["reason"], by=by, at=at)
        except DomainError as refusal:
            edge.refuse_in(form, refusal)
        else:
            messages.success(request, _("The second step is taken away. The person is told."))
            return HttpResponseRedirect(reverse("person", args=[handle]))
    values = {"person": person, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "persons/second_step.html", values, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def address(request: HttpRequest, handle: str) -> HttpResponse:
    """Correct the address of a person."""
    if edge.actor(request).person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    person = _opened(request, handle, "address")
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        by, at = edge.actor(request), edge.moment(request)
        try:
            change_address(person, email=form.cleaned_data["email"], by=by, at=at)
        except DomainError as refusal:
            edge.refuse_in(form, refusal)
        else:
            messages.success(request, _("The address is changed. The former one is told."))
            return HttpResponseRedirect(reverse("person", args=[handle]))
    values = {"person": person, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "persons/address.html", values, status=status)


@require_POST
@never_cache
def mail_again(request: HttpRequest, handle: str) -> HttpResponse:
    """Try an address again that mail came back from."""
    person = _opened(request, handle, "mail")
    by, at = edge.actor(request), edge.moment(request)
    rescue.try_mail_again(person_id=person.pk, by=by, at=at)
    messages.success(request, _("Mail to this address is tried again."))
    return HttpResponseRedirect(reverse("person", args=[handle]))
