"""Operations on connections: how they fare, their self-test, switching them off. No secret comes out."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from events.backstage import edge
from events.interface import api as work
from events.interface import paging
from events.interface.conditions import require_match
from events.interface.operations import Operations
from events.interface.shapes import Cursor, Id, Limit, Page, Shape, link
from events.kernel.errors import Missing
from integrations.accounts import commands, policies, queries, words
from integrations.accounts.models import Account

router = Operations(tags=["connections"])
READ, WRITE = "connections:read", "connections:write"


class TestLine(Shape):
    """One line of the last self-test. `code` is empty where it went well."""

    what: str
    tried: str
    went: bool
    code: str
    wrong: str
    todo: str
    since: datetime


class ConnectionShape(Shape):
    """An account at a calendar or video service, without anything secret.

    State: new, fine, troubled, reconnect, off. `trouble` is a code, empty while nothing is wrong;
    `wrong` and `todo` say it in words, `said` are the provider's own. Since `leaving_at` its entries
    are being removed; then it is switched off by itself.
    """

    id: int
    provider: str
    name: str
    scope: str
    scope_id: int
    state: str
    trouble: str
    wrong: str
    todo: str
    said: str
    since: datetime | None
    good_at: datetime | None
    credentials_end_at: datetime | None
    leaving_at: datetime | None
    makes_meetings: bool
    accepts_moves: bool
    tested_at: datetime | None
    test: list[TestLine]
    page: str
    links: dict[str, str]


def _shape(row: Account) -> ConnectionShape:
    wrong = words.said(row.trouble) if row.trouble else None
    return ConnectionShape(
        id=row.pk, provider=row.provider, name=row.name, scope=row.scope, scope_id=row.scope_id,
        state=row.state, trouble=row.trouble, wrong=str(wrong.wrong) if wrong else "",
        todo=str(wrong.todo) if wrong else "", said=words.quoted(row.trouble, row.trouble_said),
        since=row.trouble_since, good_at=row.good_at, credentials_end_at=row.credentials_end_at,
        leaving_at=row.leaving_at,
        makes_meetings=row.makes_meetings, accepts_moves=row.accepts_moves,
        tested_at=row.checked_at, test=[_line(one) for one in row.findings],
        page=reverse("connection", args=[row.pk]), links={"self": link("connections", row.pk)},
    )  # fmt: skip


def _line(kept: dict[str, object]) -> TestLine:
    code, went = str(kept["code"]), bool(kept["went"])
    found = None if went else words.said(code)
    return TestLine(
        what=str(kept["what"]), tried=words.check(str(kept["what"])), went=went, code=code,
        wrong=str(found.wrong) if found else "", todo=str(found.todo) if found else "",
        since=datetime.fromisoformat(str(kept["since"])),
    )  # fmt: skip


def _seen(request: HttpRequest, connection_id: int) -> Account:
    by, row = edge.actor(request), queries.account(connection_id)
    if not policies.may_see(by, queries.ground(row.scope, row.scope_id)):
        raise Missing
    return row


@router.read("/connections", Page[ConnectionShape], scope=READ)
def list_connections(
    request: HttpRequest, limit: Limit = 25, cursor: Cursor = ""
) -> Page[ConnectionShape]:
    """Connections whose health you may see, the oldest first; switched-off ones too."""
    by = edge.actor(request)
    policies.require_connects(by)
    return paging.page(
        request, queries.visible_to(by), lambda rows: [_shape(row) for row in rows],
        order=("pk",), limit=limit, cursor=cursor,
    )  # fmt: skip


@router.read("/connections/{connection_id}", ConnectionShape, scope=READ)
def get_connection(request: HttpRequest, connection_id: Id) -> ConnectionShape:
    """How one connection fares: since when, what is wrong, what to do."""
    return _shape(_seen(request, connection_id))


@router.act("/connections/{connection_id}/test", work.JobShape, scope=WRITE)
def test_connection(request: HttpRequest, connection_id: Id) -> work.JobShape:
    """Start the self-test; its lines stand in the connection when the job is done."""
    by, at = edge.actor(request), edge.moment(request)
    return work.shape(commands.test(connection_id, by=by, at=at))


@router.act(
    "/connections/{connection_id}/off", ConnectionShape, scope=WRITE, match="needed",
    refusals=(409,),
)  # fmt: skip
def switch_connection_off(request: HttpRequest, connection_id: Id) -> ConnectionShape:
    """End a connection for good and destroy its credentials. Entries that stand there stay.

    Switching on again means connecting anew on the pages, where credentials are typed.
    """
    return _off(request, connection_id, remove=False)


@router.act(
    "/connections/{connection_id}/clear", ConnectionShape, scope=WRITE, match="needed",
    refusals=(409,),
)  # fmt: skip
def clear_connection(request: HttpRequest, connection_id: Id) -> ConnectionShape:
    """End a connection once its entries of coming events are removed from the calendars there.

    Entries of events that are over stay. Where a service keeps no calendars it ends at once.
    """
    return _off(request, connection_id, remove=True)


def _off(request: HttpRequest, connection_id: int, *, remove: bool) -> ConnectionShape:
    by, at = edge.actor(request), edge.moment(request)
    row = _seen(request, connection_id)
    policies.require_may_switch_off(by, queries.ground(row.scope, row.scope_id))
    require_match(request, _shape(row))
    commands.switch_off(connection_id, remove=remove, by=by, at=at)
    return _shape(queries.account(connection_id))
