"""Who may open the first-run pages before and after there is an administrator."""

import hmac
import os
import secrets
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from events.backstage import edge, limits
from events.kernel.actors import Role
from events.kernel.errors import BadInput, NotAllowed
from events.kernel.words import gettext_noop
from events.people import queries as people
from events.people.commands import LETTERS

KEPT_IN_SESSION = "setup_code_given"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
GROUPS, GROUP = 4, 4
TRIES, WINDOW = 20, 3600


class CodeWrong(BadInput):
    """The setup code does not fit."""

    code = "setup_code_wrong"
    sentence = gettext_noop("This is not the setup code. Read it again on the server.")


def may_enter(request: HttpRequest) -> bool:
    """Whether the pages open: to the administrator, or before there is one to whoever holds the server.

    That is a request from the machine itself, or one whose session gave the setup code. Raises
    NotAllowed for everybody else once there is an administrator.
    """
    if people.anybody_is(Role.ADMINISTRATOR):
        if edge.actor(request).is_a(Role.ADMINISTRATOR):
            return True
        raise NotAllowed
    return _from_this_machine(request) or bool(request.session.get(KEPT_IN_SESSION))


def _from_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine also calls from loopback, but forwards or asks for another host."""
    if any(name in request.META for name in FORWARDED):
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rsplit(":", maxsplit=1)[0]
    try:
        return name in OWN_NAMES and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def give_code(request: HttpRequest, code: str, *, at: datetime) -> None:
    """Take the setup code for this session; raises CodeWrong, and TooOften after 20 tries an hour."""
    limits.hit("setup-code", limit=TRIES, seconds=WINDOW, at=at)
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    if not hmac.compare_digest(plain.encode(), setup_code().replace("-", "").encode()):
        raise CodeWrong(field="code")
    request.session[KEPT_IN_SESSION] = True


def setup_code() -> str:
    """The code in KOLEGA_DATA/secrets/setup-code: 16 letters, made at first use (78 bits)."""
    file = Path(settings.KOLEGA_DATA) / "secrets" / "setup-code"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        _write(file)
    return file.read_text(encoding="utf-8").strip()


def _write(file: Path) -> None:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write("-".join(groups) + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first; both read the same
    finally:
        draft.unlink(missing_ok=True)
