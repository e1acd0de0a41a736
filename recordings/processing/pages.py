"""Deeds of whoever runs the event: make sizes again, stop, fetch the file itself."""

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from events.backstage import edge
from events.kernel.errors import Missing
from recordings.library import queries
from recordings.media import answers
from recordings.processing import commands

DEEDS = {"again": commands.begin, "stop": commands.stop}


@require_POST
def do(request: HttpRequest, recording_id: int, deed: str) -> HttpResponse:
    """Begin again or stop, then back to where the recording is looked after."""
    if deed not in DEEDS:
        raise Missing
    DEEDS[deed](recording_id, by=edge.actor(request), at=edge.moment(request))
    found = queries.managed(recording_id, by=edge.actor(request))
    return HttpResponseRedirect(f"/recordings/{found.slug}/manage/")


@require_safe
def original(request: HttpRequest, recording_id: int) -> HttpResponseBase:
    """The file as it arrived, as a download; its name is the recording's."""
    found = queries.managed(recording_id, by=edge.actor(request))
    file = queries.original_of(found)
    if file is None:
        raise Missing
    try:
        answer = answers.of_file(request, file.key, seconds=0)
    except (FileNotFoundError, KeyError) as nothing:
        raise Missing from nothing
    name = f"{found.slug}{PurePosixPath(file.key).suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
