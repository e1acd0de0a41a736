"""Idempotency-Key: a deed that is sent again gets the stored answer, byte for byte."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from events.backstage import edge
from events.backstage import once as once_only
from events.interface.refusals import KeyMissing, KeyReused, KeyWrong
from events.people import keyring, sealing

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{1,64}")


@dataclass(frozen=True)
class Sent:
    """What was or will be sent: status, body, and where the made thing is."""

    status: int
    body: str
    location: str = ""
    repeated: bool = False


def key_of(request: HttpRequest) -> str:
    """The key of a call; raises KeyMissing, KeyWrong."""
    key = request.headers.get(HEADER, "")
    if not key:
        raise KeyMissing
    if not KEY.fullmatch(key):
        raise KeyWrong
    return f"api:{edge.actor(request).person_id}:{key}"


def carry_out(
    request: HttpRequest, do: Callable[[], Sent], *, values: Mapping[str, object], secret: bool
) -> Sent:
    """Run a deed once for its key, in one transaction with its stored answer.

    A `secret` answer is stored sealed. Raises KeyMissing, KeyWrong, KeyReused.
    """
    key = key_of(request)
    content = {"method": request.method, "path": request.path, "body": _digest(request, values)}
    spot = sealing.place("once", "answer", key)

    def act() -> once_only.Answer:
        sent = do()
        body = sent.body
        if secret:
            body = keyring.seal(body, bound_to=spot).hex()
        return once_only.Answer(sent.status, {"body": body, "location": sent.location})

    try:
        answer = once_only.run(key, content, act, at=edge.moment(request))
    except once_only.KeyReused as error:
        raise KeyReused from error
    body = str(answer.body["body"])
    if secret:
        body = keyring.unseal(bytes.fromhex(body), bound_to=spot)
    return Sent(answer.status, body, str(answer.body["location"]), repeated=answer.repeated)


def _digest(request: HttpRequest, values: Mapping[str, object]) -> str:
    """A name of the body. The boundary of a form differs each time, so files are named by content."""
    found = hashlib.sha256()
    files = {name: item for name, item in values.items() if isinstance(item, UploadedFile)}
    if "body" in values:
        found.update(request.body)
    for name, given in sorted(request.POST.lists()):
        found.update(repr((name, given)).encode())
    for name, item in sorted(files.items()):
        found.update(f"{name}:{item.name}:".encode())
        for chunk in item.chunks():
            found.update(chunk)
        item.seek(0)
    return found.hexdigest()
