"""Files of recordings, behind tickets: playlists, segments, downloads, posters."""

import re

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from events.backstage import edge
from events.kernel.errors import Missing
from recordings.media import answers, store
from recordings.viewing import access

# The file as it arrived is not among them: it may hold what was cut out.
HANDED_OUT = re.compile(r"(?!original\b)[a-z0-9][a-z0-9_-]{0,60}\.[a-z0-9]{1,5}", re.ASCII)


@require_safe
def file(
    request: HttpRequest, ticket: str, recording_id: int, revision: int, name: str
) -> HttpResponseBase:
    """One file, whole or a range of it; whatever is wrong with the ticket looks like no such file."""
    seconds = access.seconds_left(request, ticket, recording_id, revision, at=edge.moment(request))
    if not seconds or not HANDED_OUT.fullmatch(name):
        raise Missing
    try:
        key = f"{store.folder_of(recording_id, revision)}/{name}"
        return answers.of_file(request, key, seconds=seconds)
    except (FileNotFoundError, KeyError) as nothing:
        raise Missing from nothing
