"""Operations of a room: reads with ETags, deeds with keys, changes with conditions, files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from events.interface import conditions, keys
from events.interface.gate import FORM, JSON, Gate
from events.interface.keys import Sent

View = Callable[..., Any]
CREATED = 201
BODIES = {"body": JSON, "file": FORM, "form": FORM}


@dataclass(frozen=True)
class Manner:
    """How one operation is called and answered; the document of the API is made from it."""

    scope: str
    public: bool = False
    keyed: bool = False
    match: str = ""
    cached: bool = False
    file: str = ""
    secret: bool = False
    refusals: tuple[int, ...] = ()


class Operations(Router):
    """A router of one room."""

    def read(
        self, path: str, answer: type[BaseModel], *, scope: str, public: bool = False
    ) -> Callable[[View], View]:
        """GET: the view returns the answer; an unchanged one is answered with 304."""
        return self._add("GET", path, 200, answer, Manner(scope, public=public, cached=True))

    def file(
        self, path: str, media: str, *, scope: str, public: bool = False,
        refusals: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        """GET: the view returns a response with a file of a media type."""
        manner = Manner(scope, public=public, file=media, refusals=refusals)
        return self._add("GET", path, 200, None, manner)

    def ask(self, path: str, answer: type[BaseModel], *, scope: str) -> Callable[[View], View]:
        """POST that only looks: it changes nothing, so it needs no key."""
        return self._add("POST", path, 200, answer, Manner(scope))

    def act(
        self, path: str, answer: type[BaseModel], *, scope: str, status: int = 200,
        match: str = "", secret: bool = False, refusals: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        """POST: carried out once for its Idempotency-Key."""
        manner = Manner(scope, keyed=True, match=match, secret=secret, refusals=refusals)
        return self._add("POST", path, status, answer, manner)

    def make(
        self, path: str, answer: type[BaseModel], *, scope: str, secret: bool = False,
        refusals: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        """POST that makes something: 201, with Location when the answer links to itself."""
        return self.act(path, answer, scope=scope, status=CREATED, secret=secret, refusals=refusals)

    def change(
        self, method: str, path: str, answer: type[BaseModel], *, scope: str, match: str = "",
        refusals: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        """PUT, PATCH or DELETE; `match` says whether If-Match is "needed" or "taken"."""
        return self._add(method, path, 200, answer, Manner(scope, match=match, refusals=refusals))

    def _add(
        self, method: str, path: str, status: int, answer: type[BaseModel] | None, manner: Manner
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            self.add_api_operation(
                path, [method], _answering(view, status, manner),
                response={status: answer}, operation_id=view.__name__, tags=self.tags,
                summary=(view.__doc__ or "").partition("\n")[0].rstrip("."),
                description=(view.__doc__ or "").partition("\n")[2].strip(),
                openapi_extra={"x-manner": manner},
            )  # fmt: skip
            operation = self.path_operations[path].operations[-1]
            models = {model.__ninja_param_source__: model for model in operation.models}
            takes = next((BODIES[name] for name in BODIES if name in models), "")
            query = frozenset(models["query"].model_fields) if "query" in models else frozenset()
            gate = Gate(manner.scope, manner.public, takes, query)
            operation.auth_param = gate
            operation._set_auth(gate)  # noqa: SLF001  it needs the models that were just made
            return view

        return decorate


def _answering(view: View, status: int, manner: Manner) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        if manner.file:
            return _kept_private(view(request, **values))
        if manner.cached:
            return _read(request, view, values)
        return _done(request, lambda: _sent(view(request, **values), status), values, manner)

    return answer


def _read(request: HttpRequest, view: View, values: dict[str, Any]) -> HttpResponse:
    found = HttpResponse(conditions.written(view(request, **values)), content_type=JSON)
    return conditions.unless_known(request, _kept_private(found))


def _sent(made: BaseModel, status: int) -> Sent:
    own = getattr(made, "links", {}).get("self", "") if status == CREATED else ""
    return Sent(status, conditions.written(made).decode(), own)


def _done(
    request: HttpRequest, do: Callable[[], Sent], values: dict[str, Any], manner: Manner
) -> HttpResponse:
    if manner.keyed:
        sent = keys.carry_out(request, do, values=values, secret=manner.secret)
    else:
        with transaction.atomic():
            sent = do()
    answer = HttpResponse(sent.body.encode(), status=sent.status, content_type=JSON)
    if sent.location:
        answer.headers["Location"] = sent.location
    if sent.repeated:
        answer.headers["Idempotent-Replayed"] = "true"
    if manner.match:
        answer.headers["ETag"] = conditions.tag_of(answer.content)
    return _kept_private(answer)


def _kept_private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Accept-Language, Authorization, Cookie"
    return answer
