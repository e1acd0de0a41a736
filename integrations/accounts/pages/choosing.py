"""The list of calendars in the form of a new connection; the credentials wait sealed meanwhile."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.backstage import edge, limits
from events.people import keyring, sealing
from integrations.accounts import adapters, words
from integrations.accounts.credentialforms import CredentialsForm
from integrations.accounts.forms import CalDavDetails, DetailsForm
from integrations.accounts.secretfields import PREFIX
from integrations.ports import Denied, Temporary, Trouble

if TYPE_CHECKING:
    from django.http import QueryDict

HELD = "calendar-choice"
KEPT = timedelta(minutes=15)
LOOKS, WINDOW = 30, 600  # of one person, in so many seconds
PASSWORD, REFUSED = "secret_password", frozenset({"secret_wrong", "address_refused"})


def is_wanted(details: DetailsForm) -> bool:
    """Whether a calendar is still to be chosen, at a provider that can list them."""
    return isinstance(details, CalDavDetails) and not details.cleaned_data["calendar"]


def kept(request: HttpRequest, *, at: datetime) -> Mapping[str, str]:
    """The credentials typed a moment ago for the same server, unless others are typed now."""
    held = request.session.get(HELD)
    typed = any(value for name, value in request.POST.items() if name.startswith(PREFIX))
    if held is not None and at.timestamp() >= held["until"]:
        forget(request)
        return {}
    if held is None or typed:
        return {}
    try:
        plain = keyring.unseal(b64decode(held["sealed"]), bound_to=_spot(request))
    except sealing.SealBroken:
        return {}
    found: dict[str, str] = json.loads(plain)
    return found


def forget(request: HttpRequest) -> None:
    """Destroy what waits."""
    request.session.pop(HELD, None)


def _keep(request: HttpRequest, secrets: Mapping[str, str], *, at: datetime) -> None:
    plain = json.dumps(dict(secrets))
    sealed = b64encode(keyring.seal(plain, bound_to=_spot(request))).decode()
    request.session[HELD] = {"sealed": sealed, "until": (at + KEPT).timestamp()}


def _spot(request: HttpRequest) -> str:
    """A person and a server: for another server the password does not open."""
    server = request.POST.get("server", "").strip()
    return sealing.place("session", HELD, f"{edge.actor(request).person_id}:{server}")


def offered(
    request: HttpRequest, details: DetailsForm, secrets: CredentialsForm, *, at: datetime
) -> tuple[DetailsForm, CredentialsForm]:
    """The forms with the calendars that the server names, or with what is wrong.

    Asks the server; no transaction is open. Raises TooOften.
    """
    limits.hit(f"calendars:{edge.actor(request).person_id}", limit=LOOKS, seconds=WINDOW, at=at)
    options = details.values({})["options"]
    try:
        found = adapters.calendars("caldav", options, secrets.secrets())
    except (Denied, Temporary) as trouble:
        if trouble.code in REFUSED:
            _refuse(details, secrets, trouble)
            return details, secrets
        found = []
    _keep(request, secrets.secrets(), at=at)
    asked = bool(secrets.held)
    return _listed(request.POST, found, again=asked), secrets.__class__(
        request.POST, held=secrets.secrets()
    )


def _refuse(details: DetailsForm, secrets: CredentialsForm, trouble: Trouble) -> None:
    said = words.said(trouble.code)
    if trouble.code == "secret_wrong" and not secrets.held:
        secrets.add_error(PASSWORD, str(said.wrong))
    else:
        details.add_error("server", f"{said.wrong} {said.todo}")


def _listed(data: "QueryDict", found: Sequence[tuple[str, str]], *, again: bool) -> DetailsForm:
    """The same form with the calendars to choose from; a single one is chosen already."""
    sent = data.copy()
    if len(found) == 1 and not again:
        sent["calendar"] = found[0][0]
    form = CalDavDetails(sent)
    if not found:
        form.add_error("calendar", _(
            "The server gave no list of calendars. Check its address, or enter that of the calendar."
        ))  # fmt: skip
        return form
    form.offer(found)
    if again:
        form.add_error("calendar", _("Choose a calendar."))
    return form
