"""A request that is repeated gets the stored answer instead of a second deed."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from events.backstage.models import Once
from events.kernel.errors import DomainError
from events.kernel.words import gettext_noop


class KeyReused(DomainError):
    """The same key came with other content."""

    code = "form_sent_before"
    status = 422
    sentence = gettext_noop("This form was already sent with other content. Open it again.")


@dataclass(frozen=True)
class Answer:
    """What a request was answered with."""

    status: int
    body: dict[str, object]
    repeated: bool = False


def digest(content: Mapping[str, object]) -> str:
    """A short name for the content of a request."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def run(
    key: str, content: Mapping[str, object], do: Callable[[], Answer], *, at: datetime
) -> Answer:
    """Run `do` once per key, in one transaction with its stored answer.

    A second request with the key waits for the first and gets its answer; with other content it
    raises KeyReused. A refusal (DomainError) is not stored, so it can be tried again.
    """
    name = digest(content)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        if found := Once.objects.filter(key=key).first():
            if found.digest != name:
                raise KeyReused
            return Answer(found.status, found.answer, repeated=True)
        answer = do()
        Once.objects.create(key=key, digest=name, status=answer.status, answer=answer.body, at=at)
        return answer


def known(key: str) -> bool:
    """Whether a request with this key was answered already."""
    return Once.objects.filter(key=key).exists()
