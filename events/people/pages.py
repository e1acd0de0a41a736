"""Signing in by a mail: ask for it, open its link or type its code, say who one is."""

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from events.backstage import edge, limits
from events.kernel.errors import DomainError, TooOften
from events.people import signin
from events.people.forms import AddressForm, CodeForm
from events.people.models import Person, SignInLink

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
WINDOW, DAY = 15 * 60, 24 * 60 * 60
# A staff room shares one address on the internet, so a computer may ask more often than a mailbox.
ASKS_PER_MAILBOX, ASKS_PER_MAILBOX_A_DAY, ASKS_PER_COMPUTER = 6, 40, 60
CODES_PER_MAILBOX, CODES_PER_COMPUTER = 15, 100


@READ_AND_SEND
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a mail that signs in. The answer is the same for every address."""
    if request.method != "POST":
        return _ask(request, AddressForm(), request.GET.get("next", ""))
    wanted = request.POST.get("next", "")
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, wanted, status=422)
    try:
        _count("ask", form.cleaned_data["address"], request)
    except TooOften as refusal:
        edge.refuse_in(form, refusal)
        return _ask(request, form, wanted, status=refusal.status)
    return _sent(request, form.cleaned_data["address"], wanted)


def _ask(
    request: HttpRequest, form: AddressForm, wanted: str, *, status: int = 200, over: str = ""
) -> HttpResponse:
    values = {"form": form, "next": signin.own_path(wanted), "over": over}
    return render(request, "people/sign_in.html", values, status=status)


def _sent(request: HttpRequest, address: str, next_path: str) -> HttpResponse:
    language = get_language() or "en"
    signin.send(address, next_path=next_path, language=language, at=edge.moment(request))
    values = {"form": CodeForm(initial={"address": address}), "address": address}
    return render(request, "people/code.html", values)


def _count(deed: str, address: str, request: HttpRequest) -> None:
    at, mailbox = edge.moment(request), signin.mailbox(address)
    mine = ASKS_PER_COMPUTER if deed == "ask" else CODES_PER_COMPUTER
    theirs = ASKS_PER_MAILBOX if deed == "ask" else CODES_PER_MAILBOX
    limits.hit(f"{deed}-from:{edge.computer(request)}", limit=mine, seconds=WINDOW, at=at)
    limits.hit(f"{deed}:{mailbox}", limit=theirs, seconds=WINDOW, at=at)
    if deed == "ask":
        limits.hit(f"ask-day:{mailbox}", limit=ASKS_PER_MAILBOX_A_DAY, seconds=DAY, at=at)


@READ_AND_SEND
@never_cache
@sensitive_post_parameters("code")
def by_code(request: HttpRequest) -> HttpResponse:
    """Sign in with the code of the newest mail; several people of a mailbox are asked who they are."""
    if request.method != "POST":
        return redirect("sign_in")
    form = CodeForm(request.POST)
    address = request.POST.get("address", "")
    if not form.is_valid():
        return _code_again(request, form, address, 422)
    try:
        _count("code", address, request)
        link = signin.by_code(address, form.cleaned_data["code"], at=edge.moment(request))
        return _redeem(request, link, form.cleaned_data["person"], form)
    except DomainError as refusal:
        edge.refuse_in(form, refusal)
        return _code_again(request, form, address, refusal.status)


def _code_again(request: HttpRequest, form: CodeForm, address: str, status: int) -> HttpResponse:
    return render(request, "people/code.html", {"form": form, "address": address}, status=status)


@READ_AND_SEND
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks (scanners of mails open links), POST signs in."""
    try:
        link = signin.opened(token, at=edge.moment(request))
        if request.method == "POST":
            return _redeem(request, link, _chosen(request))
    except signin.LinkOver as refusal:
        over = edge.sentence(refusal)
        return _ask(request, AddressForm(), "", status=refusal.status, over=over)
    return _who(request, link)


def _chosen(request: HttpRequest) -> int | None:
    value = request.POST.get("person", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None  # noqa: PLR2004  fits PostgreSQL's bigint


def _redeem(
    request: HttpRequest, link: SignInLink, person_id: int | None, form: CodeForm | None = None
) -> HttpResponse:
    try:
        person = signin.redeem(link, person_id=person_id, at=edge.moment(request))
    except signin.PersonNotAsked as question:
        return _who(request, link, form, status=question.status if person_id else 200)
    return _enter(request, person, link)


def _who(
    request: HttpRequest, link: SignInLink, form: CodeForm | None = None, *, status: int = 200
) -> HttpResponse:
    values = {
        "people": signin.people_of(link),
        "form": form,
        "asked_again": status != HTTPStatus.OK,
    }
    return render(request, "people/who.html", values, status=status)


def _enter(request: HttpRequest, person: Person, link: SignInLink) -> HttpResponse:
    """Hand over to allauth, which asks for the second step of those who have one."""
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)
    record_authentication(request, person, "mail")
    target = signin.own_path(link.next_path) or "/"
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=target))
    return response


@require_safe
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Say why a role does not count yet and how to set up the code app."""
    target = signin.own_path(request.GET.get("next", "")) or "/"
    if not request.user.is_authenticated:
        return redirect("sign_in")
    if not edge.actor(request).dormant:
        return HttpResponseRedirect(target)
    return render(request, "people/second_step.html", {"next": target, "back": reverse("home")})
