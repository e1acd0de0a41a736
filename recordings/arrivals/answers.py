"""Files on their way in, as programs see them."""

from datetime import datetime

from django.urls import reverse

from events.backstage import addresses
from events.interface.shapes import Shape
from recordings.arrivals import words
from recordings.arrivals.commands import LEFT_ALONE
from recordings.arrivals.models import Upload
from recordings.library.answers import own


class UploadShape(Shape):
    """A file that comes in pieces: `offset` of `length` bytes are here.

    Send the rest to `url` by the tus protocol, version 1.0.0 (PATCH with Upload-Offset), with the same
    token. State: coming; whole (it is being looked into); taken; refused, then `wrong` says why.
    """

    id: str
    recording_id: int
    file_name: str
    length: int
    offset: int
    state: str
    wrong: str
    url: str
    created_at: datetime
    expires_at: datetime | None
    links: dict[str, str]


def upload(row: Upload) -> UploadShape:
    """A file on its way as it is answered; `url` is empty once nothing more can be sent."""
    coming = row.state == Upload.State.COMING
    return UploadShape(
        id=str(row.pk), recording_id=row.recording_id, file_name=row.file_name, length=row.length,
        offset=row.offset, state=row.state, wrong=words.of_refusal(row.refused) if row.refused else "",
        url=addresses.absolute(reverse("recording_upload", args=[row.pk])) if coming else "",
        created_at=row.created_at, expires_at=row.moved_at + LEFT_ALONE if coming else None,
        links={
            "self": own(row.recording_id, "uploads", row.pk), "recording": own(row.recording_id),
        },
    )  # fmt: skip
