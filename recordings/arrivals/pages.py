"""Pages of whoever runs an event: add a recording, look after it."""

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.backstage import edge
from events.kernel.errors import DomainError, Missing, NotAllowed
from events.programme import policies as may
from events.programme import queries as programme
from recordings.arrivals import commands, words
from recordings.arrivals.forms import AddForm, DescribeForm, Offer
from recordings.arrivals.models import Upload
from recordings.library import commands as library
from recordings.library import deadline, elsewhere, languages, parents, queries
from recordings.library.commands import Arrival
from recordings.library.models import Recording, Source
from recordings.media import store

DEEDS = {"publish": library.publish, "unpublish": library.unpublish, "withdraw": library.withdraw}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, event_id: int) -> HttpResponse:
    """`/plan/<event>/recording/`: a file or a link for a part that has been held."""
    if (away := edge.signed_out(request)) is not None:
        return away
    by = edge.actor(request)
    event = programme.seen(event_id, by=by)
    may.require_may_run(by, event)
    form = AddForm(request.POST or None, request.FILES or None, offer=Offer.of(event))
    if request.method == "POST" and (
        done := edge.submit(request, form, lambda: _added(request, form))
    ):
        return done
    context = {"event": event, "form": form, "most": settings.RECORDING_MAX_BYTES // 1024**3}
    return render(request, "arrivals/add.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, form: AddForm) -> str:
    by, at, data = edge.actor(request), edge.moment(request), form.cleaned_data
    source = Source.LINK if data["link"] else Source.UPLOAD
    row = library.begin(
        data["part"], title=data["title"], language=data["language"],
        arrival=Arrival(source, link=data["link"]), by=by, at=at,
    )  # fmt: skip
    if data.get("parents"):
        parents.say_parents_agreed(row.pk, by=by, at=at)
    if data["file"]:
        _receive(request, row, data["file"])
    return reverse("recording_manage", args=[row.slug])


def _receive(request: HttpRequest, row: Recording, file: "UploadedFile[bytes]") -> None:
    """Take a file that a form sent in one go: copied beside the others, then moved in."""
    with store.working_folder() as folder:
        sent = folder / "sent"
        with sent.open("wb") as target:
            for block in file.chunks(1024 * 1024):
                target.write(block)
        commands.receive_whole(
            row.pk, sent, file_name=file.name or "", by=edge.actor(request),
            at=edge.moment(request),
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/manage/`: how far it is, who may watch, publish, withdraw."""
    if (away := edge.signed_out(request)) is not None:
        return away
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    form = DescribeForm(
        request.POST or None, languages=languages.first(row.language), elsewhere=bool(row.link),
        initial={"title": row.title, "language": row.language, "visibility": row.visibility,
                 "link": row.link, "counts_until": deadline.last_day(row)},
    )  # fmt: skip
    if request.method == "POST" and (
        done := edge.submit(request, form, lambda: _described(request, row, form))
    ):
        return done
    last = Upload.objects.filter(recording=row).order_by("-created_at").first()
    context = {
        "recording": row, "form": form, "upload": last, "shown": queries.shown(row),
        "refused": words.of_refusal(last.refused) if last and last.refused else "",
        "has_file": queries.original_of(row) is not None, "event": programme.outline(row.event_id),
        "percent": last.offset * 100 // last.length if last else 0,
    }  # fmt: skip
    return render(request, "arrivals/manage.html", context, status=422 if form.errors else 200)


def _described(request: HttpRequest, row: Recording, form: DescribeForm) -> str:
    by, at, data = edge.actor(request), edge.moment(request), form.cleaned_data
    until, link = data.pop("counts_until"), data.pop("link", "")
    # Left as the page showed it, it is not said anew: somebody else may have changed it meanwhile.
    if "counts_until" in form.changed_data:
        deadline.count_until(row.pk, until=until, by=by, at=at)
    if "link" in form.changed_data:
        elsewhere.lead_to(row.pk, link=link, by=by, at=at)
    library.describe(row.pk, **data, by=by, at=at)
    messages.success(request, _("Saved."))
    return reverse("recording_manage", args=[row.slug])


@require_POST
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """A file for a recording without one, in one go."""
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    file = request.FILES.get("file")
    back = reverse("recording_manage", args=[row.slug])
    if file is None:
        messages.error(request, _("Choose a film or a sound, such as MP4, WebM or MP3."))
        return HttpResponseRedirect(back)
    try:
        _receive(request, row, file)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        messages.error(request, edge.sentence(error))
    return HttpResponseRedirect(back)


@require_POST
def decide(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """Publish, take down, or withdraw; refused, the page says why and leads on to the speakers."""
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    if deed not in DEEDS:
        raise Missing

    back = reverse("recording_manage", args=[row.slug])

    def do() -> str:
        DEEDS[deed](row.pk, by=edge.actor(request), at=edge.moment(request))
        return back

    try:
        return edge.once(request, do)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        messages.error(request, edge.sentence(error))
        return HttpResponseRedirect(back)
