"""What pages share: who asks and when, refusals in words, forms that act once."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from events.backstage import addresses
from events.backstage import once as once_only
from events.kernel.actors import ANONYMOUS, Actor
from events.kernel.errors import DomainError, Missing, NotAllowed

NONCE = "_once"
SECRET_FIELDS = frozenset({"csrfmiddlewaretoken", NONCE})
# A stored digest of a form would let a short password in it be guessed at leisure.
SECRET_START = "secret_"  # noqa: S105  the beginning of a name, no secret


def actor(request: HttpRequest) -> Actor:
    """Who asks; expanded once per request by the middleware."""
    return cast("Actor", getattr(request, "actor", ANONYMOUS))


def moment(request: HttpRequest) -> datetime:
    """The instant of the request; everything in it happens at this instant."""
    return cast("datetime", getattr(request, "moment"))  # noqa: B009  set by the middleware


def computer(request: HttpRequest) -> str:
    """The address a request came from, for limits; behind a trusted proxy the one it names."""
    return str(request.META.get("REMOTE_ADDR", ""))


def sentence(error: DomainError) -> str:
    """The refusal in the reader's language."""
    return gettext(error.sentence) % error.data


def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page for a refusal that no form can show; missing things look like any unknown address."""
    name = "404.html" if error.status == 404 else "refused.html"  # noqa: PLR2004  HTTP
    values = {"sentence": sentence(error), "code": error.code}
    return render(request, name, {} if name == "404.html" else values, status=error.status)


def refuse_in(form: Form, error: DomainError) -> None:
    """Show a refusal in a form: at its field when the error names one, else on top."""
    field = error.data.get("field")
    form.add_error(
        field if isinstance(field, str) and field in form.fields else None, sentence(error)
    )


def new_nonce() -> str:
    """A value that lets a form act once; pages put it into a hidden field named `_once`."""
    return secrets.token_urlsafe(12)


def once(request: HttpRequest, do: Callable[[], str]) -> HttpResponse:
    """Carry out a form's deed and redirect to the address it returns; sent again, only redirect.

    `do` runs in one transaction with the stored answer. Without a nonce it simply runs.
    """
    nonce = request.POST.get(NONCE, "")
    if not nonce:
        return HttpResponseRedirect(do())
    content = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in SECRET_FIELDS and not name.startswith(SECRET_START)
    }
    answer = once_only.run(
        _key(request, nonce),
        content,
        lambda: once_only.Answer(302, {"location": do()}),
        at=moment(request),
    )
    return HttpResponseRedirect(str(answer.body["location"]))


def submit(request: HttpRequest, form: Form, do: Callable[[], str]) -> HttpResponse | None:
    """Carry a valid form out once; None when it is to be shown again, with what is wrong in it.

    Raises what no form can show: Missing and NotAllowed.
    """
    if not form.is_valid():
        return None
    try:
        return once(request, do)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        refuse_in(form, error)
        return None


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The way to the page where people sign in and come back from; None for whoever has."""
    if actor(request).person_id is not None:
        return None
    return HttpResponseRedirect(addresses.sign_in(request.get_full_path()))


def sent_before(request: HttpRequest) -> bool:
    """Whether the deed of this form is done, and the form was sent once more."""
    nonce = request.POST.get(NONCE, "")
    return bool(nonce) and once_only.known(_key(request, nonce))


def _key(request: HttpRequest, nonce: str) -> str:
    return f"form:{actor(request).person_id or request.path}:{nonce}"[:120]
