"""Sessions of players: what the page gives to the script, signed, and what comes back with a beat."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.core import signing
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from events.backstage import contributed
from events.kernel import chance
from events.kernel.actors import Actor
from events.kernel.errors import DomainError
from events.kernel.lines import Pair, as_ms
from events.kernel.words import gettext_noop
from recordings.library import timeline
from recordings.library.models import Recording
from recordings.watched.rules import LONGEST_MS

SALT = "recordings.watched"
BEAT_SECONDS, BEAT_SECONDS_LOW = 30, 60
_KEYS = {"key": str, "person": int, "recording": int, "revision": int, "limit": int, "issued": int}


class SessionOver(DomainError):
    """The signature is not ours, or the page was opened more than twelve hours ago."""

    code = "session_over"
    status = 403
    sentence = gettext_noop("This page is too old to count. Open the recording again.")


@dataclass(frozen=True)
class Session:
    """What is signed: whose player, on which revision with which parts left, since when (ms).

    `key` names the player of one page on one device; `limit` is the fastest that counts, percent.
    """

    key: str
    person: int
    recording: int
    revision: int
    limit: int
    issued: int
    left: tuple[Pair, ...]

    @property
    def length(self) -> int:
        """How long the shown files are, in milliseconds."""
        return sum(end - start for start, end in self.left)

    @property
    def issued_at(self) -> datetime:
        """When the page was opened."""
        return datetime.fromtimestamp(self.issued / 1000, UTC)


@dataclass(frozen=True)
class Opening:
    """What a media element needs so that the script counts on it."""

    address: str
    sid: str
    seconds: int
    limit: int

    @property
    def attributes(self) -> SafeString:
        """The attributes for the element, as HTML; one element a session."""
        found = {
            "data-watch": self.address, "data-sid": self.sid, "data-beat": self.seconds,
            "data-limit": self.limit / 100,
        }  # fmt: skip
        return format_html_join(" ", '{}="{}"', found.items())


def opening(
    recording: Recording, *, by: Actor, at: datetime, low_data: bool = False
) -> Opening | None:
    """A new session for the reader; None for visitors and where there is no file to play.

    Whether the reader may watch is asked before, by `library.queries.seen`.
    """
    if by.person_id is None or not recording.length_ms:
        return None
    session = Session(
        key=chance.hexadecimal(8), person=by.person_id, recording=recording.pk,
        revision=recording.revision, limit=limit_of(recording.event_id, at=at),
        issued=as_ms(at), left=tuple(recording.left),
    )  # fmt: skip
    return Opening(
        address=f"/watch/{recording.pk}/beat", sid=sealed(session),
        seconds=BEAT_SECONDS_LOW if low_data else BEAT_SECONDS, limit=session.limit,
    )  # fmt: skip


def limit_of(event_id: int, *, at: datetime) -> int:
    """The fastest that counts at an event, in percent of normal speed, as its rule says."""
    limit: int = contributed.watching("limit")(event_id, at=at)
    return limit


def sealed(session: Session) -> str:
    """The session signed, for a page."""
    return signing.dumps(asdict(session), salt=SALT, compress=True)


def opened(sid: str, *, recording_id: int, at: datetime) -> Session:
    """The session that was signed for this recording; raises SessionOver."""
    try:
        said: object = signing.loads(sid, salt=SALT)
    except signing.BadSignature as error:
        raise SessionOver from error
    session = _session(said)
    age = as_ms(at) - session.issued
    if session.recording != recording_id or not 0 <= age <= LONGEST_MS:
        raise SessionOver
    return session


def _session(said: object) -> Session:
    if not isinstance(said, dict) or any(
        not isinstance(said.get(name), kind) for name, kind in _KEYS.items()
    ):
        raise SessionOver
    left = tuple((int(start), int(end)) for start, end in said["left"])
    return Session(**{name: said[name] for name in _KEYS}, left=left)


def to_source(session: Session, played: list[Pair]) -> list[Pair]:
    """Ranges of the files this session plays as ranges of source time."""
    return timeline.to_source(played, session.left)
