"""Questions about entries, their calendars and what is open about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from events.programme import queries as programme
from integrations.accounts import queries as accounts
from integrations.accounts import rules as providers
from integrations.accounts.models import Account
from integrations.sync import states
from integrations.sync.models import Channel, Link, Question

if TYPE_CHECKING:
    from events.programme.models import Part

HEARD = (*Account.WORKING, Account.State.TROUBLED)


@dataclass(frozen=True)
class Ground:
    """Which accounts an event uses: for its entries, and for its meetings."""

    calendar: Account | None
    meeting: Account | None

    def makes(self, link: Link) -> bool:
        """Whether the account of a link makes the meeting: one account makes it, and only one."""
        if link.account.provider not in providers.MEETINGS:
            return False
        if self.meeting is None:
            return link.meeting_asked
        return self.meeting.pk == link.account_id


def ground(event_id: int) -> Ground:
    """The accounts of an event."""
    found = accounts.accounts_of_event(event_id, needs=("calendar", "meeting"))
    return Ground(found["calendar"], found["meeting"])


def link_for_work(link_id: int) -> Link | None:
    """A link with its account, without a policy."""
    return Link.objects.select_related("account").filter(pk=link_id).first()


def live_links(part_ids: Iterable[int], *, lock: bool = False) -> dict[int, Link]:
    """The link of each part that has one, by part id; removed ones are none.

    `lock`: nobody else changes them until the transaction ends.
    """
    rows = Link.objects.filter(part_id__in=list(part_ids)).exclude(state=states.REMOVED)
    if lock:
        rows = rows.order_by("pk").select_for_update(of=("self",))
    return {row.part_id: row for row in rows.select_related("account")}


def borrowed(part: "Part") -> bool:
    """Whether the join link of a part came along from another one of its event or its series.

    A link of any other event was pasted on purpose.
    """
    if not part.join_url:
        return False
    family = Q(part__event_id=part.event_id)
    if part.event.series_id is not None:
        family |= Q(part__event__series_id=part.event.series_id)
    rows = Link.objects.filter(family, join_url=part.join_url)
    return rows.exclude(part_id=part.pk).exists()


def refused_alike(link: Link, code: str) -> bool:
    """Whether a refusal says something about the whole account, and not about this entry alone.

    So it does where nothing has gone well yet, or another entry met it since something last did.
    """
    rows = Link.objects.filter(account_id=link.account_id)
    well = rows.aggregate(at=Max("pushed_at"))["at"]
    others = rows.exclude(pk=link.pk).filter(last_error=code, failed_since__isnull=False)
    return well is None or others.filter(failed_since__gt=well).exists()


def linked_events() -> list[int]:
    """The events that have a link which lives."""
    rows = Link.objects.exclude(state=states.REMOVED)
    return programme.event_ids_of(rows.values_list("part_id", flat=True))


def open_questions(link_ids: Iterable[int]) -> dict[int, Question]:
    """The open question about each link, by link id."""
    rows = Question.objects.filter(link_id__in=list(link_ids), answered_at=None)
    return {row.link_id: row for row in rows}


def question_for_work(question_id: int) -> Question | None:
    """A question with its link and account, without a policy."""
    rows = Question.objects.select_related("link", "link__account")
    return rows.filter(pk=question_id).first()


def asked_about_parts(part_ids: Sequence[int]) -> list[Question]:
    """Open questions about parts, oldest first, each with its link and account."""
    rows = Question.objects.filter(answered_at=None, link__part_id__in=part_ids)
    return list(rows.select_related("link", "link__account").order_by("asked_at", "pk"))


def events_asked_about(event_ids: Sequence[int]) -> list[int]:
    """The events of those given about which a question is open."""
    part_ids = programme.part_ids_of(event_ids)
    rows = Question.objects.filter(answered_at=None, link__part_id__in=part_ids)
    return programme.event_ids_of(rows.values_list("link__part_id", flat=True))


def shown_links(part_ids: Sequence[int]) -> list[Link]:
    """The links of parts that live, with account, and with the kind of open question as `asked`."""
    asked = Question.objects.filter(link_id=OuterRef("pk"), answered_at=None).values("kind")[:1]
    rows = Link.objects.filter(part_id__in=part_ids).exclude(state=states.REMOVED)
    return list(rows.select_related("account__added_by").annotate(asked=Subquery(asked)))


def standing_in(account_id: int, *, at: datetime) -> dict[str, Link]:
    """Links of an account whose entry should stand there, by key; what is over is left alone."""
    rows = Link.objects.filter(account_id=account_id, pushed_at__isnull=False, part__ends_at__gt=at)
    rows = rows.exclude(state__in=(states.REMOVED, states.DETACHED))
    return {row.key: row for row in rows}


def asked_as_removed(account_id: int, *, at: datetime) -> dict[str, Link]:
    """Links of an account about whose removal over there a question is open, by key."""
    asked = Question.objects.filter(kind=states.GONE, answered_at=None)
    rows = Link.objects.filter(
        account_id=account_id, pk__in=asked.values("link_id"), part__ends_at__gt=at
    )
    return {row.key: row for row in rows}


def channel_of(channel_id: str) -> Channel | None:
    """A channel by the id that we chose; ended ones too, for notices that come late."""
    return Channel.objects.select_related("account").filter(channel_id=channel_id).first()


def channel_at(path_hash: str) -> Channel | None:
    """A channel by the SHA-256 digest (hex) of the token in its address."""
    return Channel.objects.select_related("account").filter(path_hash=path_hash).first()


def live_channels(account_id: int, *, at: datetime) -> QuerySet[Channel]:
    """Channels that bring notices at an instant, newest first."""
    alive = Q(expires_at__gt=at, ended_at=None)
    return Channel.objects.filter(alive, account_id=account_id).order_by("-expires_at", "-pk")
