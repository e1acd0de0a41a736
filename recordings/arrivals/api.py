"""Operations on files on their way in. The bytes themselves go by tus, which goes on after a cut."""

import uuid
from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from events.backstage import edge
from events.interface.operations import Operations
from events.interface.shapes import BIGGEST, Done, Id, List, Wanted
from recordings.arrivals import answers, commands, queries
from recordings.arrivals.answers import UploadShape
from recordings.library import called
from recordings.library.answers import NAMED

router = Operations(tags=["recordings"])
READ, WRITE = "recordings:read", "recordings:write"
UPLOADS = f"{NAMED}/uploads"
ONE = f"{UPLOADS}/{{upload_id}}"


class UploadWanted(Wanted):
    """The file that will be sent: how many bytes, and its name, whose ending says what it is."""

    length: Annotated[int, Field(strict=True, ge=1, le=BIGGEST, description="Bytes.")]
    file_name: Annotated[str, Field(min_length=1, max_length=200, examples=["talks.mp4"])]


@router.read(UPLOADS, List[UploadShape], scope=READ)
def list_uploads(request: HttpRequest, recording_id: Id) -> List[UploadShape]:
    """The last files sent for a recording, newest first, and what became of them."""
    row = called.looked_after(request, recording_id)
    return List(items=[answers.upload(one) for one in queries.last_of(row.pk)])


@router.make(UPLOADS, UploadShape, scope=WRITE, refusals=(507,))
def begin_upload(request: HttpRequest, recording_id: Id, body: UploadWanted) -> UploadShape:
    """Say which file comes; the answer says the tus address it is sent to.

    A file that was on its way before is given up. A recording takes one file.
    """
    called.managed(request, recording_id)
    by, at = edge.actor(request), edge.moment(request)
    return answers.upload(
        commands.begin_upload(
            recording_id, length=body.length, file_name=body.file_name, by=by, at=at
        )
    )


@router.read(ONE, UploadShape, scope=READ)
def get_upload(request: HttpRequest, recording_id: Id, upload_id: uuid.UUID) -> UploadShape:
    """How far one file is, and why it was refused if it was."""
    row = called.looked_after(request, recording_id)
    return answers.upload(queries.one_of(row.pk, upload_id))


@router.change("DELETE", ONE, Done, scope=WRITE, refusals=(423,))
def give_upload_up(request: HttpRequest, recording_id: Id, upload_id: uuid.UUID) -> Done:
    """Forget a file that is not wanted any more; what was sent of it is thrown away."""
    row = called.managed(request, recording_id)
    queries.one_of(row.pk, upload_id)
    commands.give_up(upload_id, by=edge.actor(request), at=edge.moment(request))
    return Done()
