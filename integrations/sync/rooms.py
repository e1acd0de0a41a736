"""The rooms of parts at meeting servers: which there are, and where everybody meets."""

from collections.abc import Iterable
from datetime import datetime

from events.kernel import chance
from integrations.accounts import queries as accounts
from integrations.accounts.models import Account
from integrations.sync.models import MeetingRoom

# Servers whose rooms are made when somebody enters; the others make a meeting with its entry.
AT_ONCE = frozenset({"bigbluebutton", "jitsi"})


def account_of(event_id: int) -> Account | None:
    """The account at whose server the parts of an event meet; None where the meetings are elsewhere."""
    found = _meeting(event_id)
    return found if found is not None and found.provider in AT_ONCE else None


def coming(event_id: int) -> bool:
    """Whether an account makes the meetings of an event, at once or with its entry."""
    return _meeting(event_id) is not None


def _meeting(event_id: int) -> Account | None:
    return accounts.accounts_of_event(event_id, needs=["meeting"])["meeting"]


def room_of(part_id: int, *, event_id: int, at: datetime) -> MeetingRoom | None:
    """The room everybody of a part meets in, made when there is none; None without an account.

    A room that somebody may be in stays the room, whatever account is nearer meanwhile.
    """
    rows = MeetingRoom.objects.select_related("account").filter(part_id=part_id)
    known = rows.exclude(account__state=Account.State.OFF).order_by("-pk").first()
    if known is not None:
        return known
    account = account_of(event_id)
    if account is None:
        return None
    room, _ = MeetingRoom.objects.get_or_create(
        part_id=part_id, account=account, defaults={"key": chance.uuid().hex, "made_at": at}
    )
    return room


def room_at(key: str, *, account_id: int) -> MeetingRoom | None:
    """The room of an account by its key."""
    return MeetingRoom.objects.filter(key=key, account_id=account_id).first()


def rooms_of(part_ids: Iterable[int]) -> list[MeetingRoom]:
    """All rooms of parts, each with its account."""
    rows = MeetingRoom.objects.select_related("account").filter(part_id__in=list(part_ids))
    return list(rows.order_by("pk"))
