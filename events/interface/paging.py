"""Pages of long lists: a signed cursor holds the last row's place in the order.

A cursor names a place and no number of rows, so what is inserted meanwhile neither doubles nor
hides a row of the pages that follow.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from events.interface.refusals import CursorWrong
from events.interface.shapes import Page

if TYPE_CHECKING:
    from pydantic import BaseModel

Row = TypeVar("Row", bound=Model)
Made = TypeVar("Made", bound="BaseModel")


def page(
    request: HttpRequest,
    rows: QuerySet[Row],
    make: Callable[[list[Row]], Sequence[Made]],
    *,
    order: tuple[str, ...],
    limit: int,
    cursor: str,
) -> Page[Made]:
    """The rows after a cursor, at most `limit`, made into answers all at once.

    `order` names the fields of the order, the last of them unique; all rise, or with a leading
    `-` all fall. Raises CursorWrong.
    """
    falls = order[0].startswith("-")
    names = [name.removeprefix("-") for name in order]
    if cursor:
        rows = rows.filter(_after(names, _opened(request, cursor, len(names)), falls=falls))
    try:
        found = list(rows.order_by(*order)[: limit + 1])
    except (ValidationError, ValueError, FieldError) as error:
        raise CursorWrong from error
    shown = found[:limit]
    following = _address(request, names, shown[-1]) if len(found) > limit else None
    return Page[Any](items=list(make(shown)), next=following)


def _after(names: list[str], values: list[Any], *, falls: bool) -> Q:
    """Rows behind the one with these values: greater in the first field that differs."""
    how = "lt" if falls else "gt"
    found, same = Q(pk__in=[]), Q()
    for name, value in zip(names, values, strict=True):
        found |= same & Q(**{f"{name}__{how}": value})
        same &= Q(**{name: value})
    return found


def _address(request: HttpRequest, names: list[str], last: Model) -> str:
    values = [_plain(_read(last, name)) for name in names]
    sealed = signing.dumps(values, salt=_salt(request), compress=True)
    kept = {name: request.GET[name] for name in request.GET if name != "cursor"}
    return f"{request.path}?{urlencode({**kept, 'cursor': sealed})}"


def _read(row: Any, name: str) -> Any:
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _opened(request: HttpRequest, cursor: str, length: int) -> list[Any]:
    try:
        values: list[Any] = signing.loads(cursor, salt=_salt(request))
    except (signing.BadSignature, ValueError) as error:
        raise CursorWrong(field="cursor") from error
    if len(values) != length:
        raise CursorWrong(field="cursor")
    return values


def _salt(request: HttpRequest) -> str:
    """A cursor belongs to one list with one set of filters; the length of pages may change."""
    kept = sorted(
        (name, value) for name, value in request.GET.items() if name not in {"cursor", "limit"}
    )
    return f"cursor:{request.path}?{urlencode(kept)}"
