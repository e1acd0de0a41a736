"""Operations on recordings: find and read them, begin, change, publish, take down, remove."""

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface import paging
from events.interface.conditions import require_match
from events.interface.operations import Operations
from events.interface.shapes import Code, Cursor, Done, Id, Limit, Page, Tongue
from recordings.keeping import commands as keeping
from recordings.library import called, commands, policies, queries
from recordings.library.answers import NAMED
from recordings.viewing import answers, asked, catalogue
from recordings.viewing.answers import RecordingDetails, RecordingShape
from recordings.viewing.asked import PiecesWanted, RecordingChange, RecordingWanted

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
Recordings = Page[RecordingShape]
State = Literal["draft", "published", "withdrawn"]
Length = Annotated[
    Literal["short", "middle", "long"],
    Field(description="Up to 20 minutes, up to 60, or longer; by the file as it arrived."),
]
Subject = Annotated[Code, Field(description="The community the event is for, by code.")]


def _shown(request: HttpRequest, recording_id: int) -> RecordingDetails:
    row = called.seen(request, recording_id)
    return answers.details(row, managed=policies.may_manage(edge.actor(request), row))


def _deed(
    request: HttpRequest, recording_id: int, do: called.Deed, *, needed: bool = False
) -> RecordingDetails:
    row = called.managed(request, recording_id)
    require_match(request, answers.details(row, managed=True), needed=needed)
    do(by=edge.actor(request), at=edge.moment(request))
    return _shown(request, recording_id)


@router.read("/recordings", Recordings, scope=READ, public=True)
def list_recordings(
    request: HttpRequest, *, limit: Limit = 25, cursor: Cursor = "",
    language: Tongue | None = None, kind: Code | None = None, community: Subject | None = None,
    length: Length | None = None, state: State | None = None, event_id: Id | None = None,
) -> Recordings:  # fmt: skip
    """Recordings you may watch or look after, the newest first.

    Those that nobody can watch yet are among them for whoever runs their events.
    """
    wanted = catalogue.Wanted(language or "", kind or "", community or "", length or "")
    rows = queries.visible_to(edge.actor(request), at=edge.moment(request))
    exact = {name: value for name, value in (("state", state), ("event_id", event_id)) if value}
    return paging.page(
        request, catalogue.narrowed(rows.filter(**exact), wanted), answers.recordings,
        order=("-created_at", "-pk"), limit=limit, cursor=cursor,
    )  # fmt: skip


@router.make("/recordings", RecordingDetails, scope=WRITE)
def begin_recording(request: HttpRequest, body: RecordingWanted) -> RecordingDetails:
    """Add a recording of a part, as a draft: a link, or one whose file is sent afterwards."""
    row = asked.begin(body, by=edge.actor(request), at=edge.moment(request))
    return _shown(request, row.pk)


@router.read(NAMED, RecordingDetails, scope=READ, public=True)
def get_recording(request: HttpRequest, recording_id: Id) -> RecordingDetails:
    """One recording with its sizes, chapters and captions; how it stands for whoever looks after it."""
    return _shown(request, recording_id)


@router.change("PATCH", NAMED, RecordingDetails, scope=WRITE, match="needed")
def change_recording(
    request: HttpRequest, recording_id: Id, body: RecordingChange
) -> RecordingDetails:
    """Change title, language, link and who may watch."""
    row = called.managed(request, recording_id)
    return _deed(request, recording_id, lambda **who: asked.change(row, body, **who), needed=True)


@router.change("DELETE", NAMED, Done, scope=WRITE, match="needed")
def remove_recording(request: HttpRequest, recording_id: Id) -> Done:
    """Remove its files and captions for good, now; hours that were earned stay."""
    row = called.managed(request, recording_id)
    require_match(request, answers.details(row, managed=True))
    keeping.remove(recording_id, by=edge.actor(request), at=edge.moment(request))
    return Done()


@router.change("PUT", f"{NAMED}/pieces", RecordingDetails, scope=WRITE, match="needed")
def place_recording(request: HttpRequest, recording_id: Id, body: PiecesWanted) -> RecordingDetails:
    """Say when the file was recorded, so that watching counts for the right minutes."""
    row = called.managed(request, recording_id)
    return _deed(request, recording_id, lambda **who: asked.place(row, body, **who), needed=True)


@router.act(f"{NAMED}/publish", RecordingDetails, scope=WRITE, match="taken")
def publish_recording(request: HttpRequest, recording_id: Id) -> RecordingDetails:
    """Let people watch it, now or as soon as its first size is ready."""
    return _deed(request, recording_id, lambda **who: commands.publish(recording_id, **who))


@router.act(f"{NAMED}/unpublish", RecordingDetails, scope=WRITE, match="taken")
def unpublish_recording(request: HttpRequest, recording_id: Id) -> RecordingDetails:
    """Take it down; it can be published again."""
    return _deed(request, recording_id, lambda **who: commands.unpublish(recording_id, **who))


@router.act(f"{NAMED}/withdraw", RecordingDetails, scope=WRITE, match="taken")
def withdraw_recording(request: HttpRequest, recording_id: Id) -> RecordingDetails:
    """Take it down because somebody in it said no; a cut or a reason brings it back."""
    return _deed(request, recording_id, lambda **who: commands.withdraw(recording_id, **who))
