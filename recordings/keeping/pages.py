"""Pages of whoever runs the event: who agreed, what is cut out, how long it is kept."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.backstage import edge
from events.programme import queries as programme
from recordings.keeping import commands, forms, scenes
from recordings.library import commands as library
from recordings.library import parents as parents_said
from recordings.library import pupils, queries, retention, shortening
from recordings.library.models import Recording
from recordings.library.objections import objections_of
from recordings.library.speakers import is_refused, speakers_of


def _page(
    request: HttpRequest, row: Recording, name: str, context: dict[str, object], *tried: Form
) -> HttpResponse:
    status = 422 if any(form.errors for form in tried) else 200
    values = {"recording": row, "event": programme.outline(row.event_id), **context}
    return render(request, f"keeping/{name}.html", values, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/speakers/`: who speaks in it, what each said, and ways to ask."""
    if answer := edge.signed_out(request):
        return answer
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    people = speakers_of(row)
    deed = request.POST.get("do", "")
    noted = forms.AnswerForm(request.POST if deed == "answer" else None, talks=scenes.talks(people))
    asked = forms.AskedForm(request.POST if deed == "asked" else None)
    parents = forms.ParentsForm(request.POST if deed == "parents" else None)
    tried: dict[str, tuple[Form, Callable[[], str]]] = {
        "answer": (noted, lambda: _noted(request, row, noted)),
        "asked": (asked, lambda: _asked(request, row, asked)),
        "parents": (parents, lambda: _parents(request, row)),
        "mail": (Form(request.POST), lambda: _mailed(request, row)),
    }
    if deed in tried and (done := edge.submit(request, *tried[deed])):
        return done
    context = {
        "lines": scenes.lines(row, people), "noted": noted, "asked": asked,
        "to_ask": sum(commands.is_open(one) for one in people),
        "announced": programme.outline(row.event_id).recorded,
        "parents": parents, "pupils": pupils.may_be_seen(row.event),
    }  # fmt: skip
    return _page(request, row, "speakers", context, noted, asked, parents)


def _noted(request: HttpRequest, row: Recording, form: forms.AnswerForm) -> str:
    person_id, _colon, title = form.cleaned_data["talk"].partition(":")
    library.note_answer(
        row.pk, person_id=int(person_id), title=title, yes=form.cleaned_data["said"] == "yes",
        note=form.cleaned_data["note"], by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return reverse("recording_speakers", args=[row.slug])


def _asked(request: HttpRequest, row: Recording, form: forms.AskedForm) -> str:
    library.say_asked(
        row.pk, note=form.cleaned_data["note"], by=edge.actor(request), at=edge.moment(request)
    )
    messages.success(request, _("Saved."))
    return reverse("recording_speakers", args=[row.slug])


def _parents(request: HttpRequest, row: Recording) -> str:
    parents_said.say_parents_agreed(row.pk, by=edge.actor(request), at=edge.moment(request))
    messages.success(request, _("Saved."))
    return reverse("recording_speakers", args=[row.slug])


def _mailed(request: HttpRequest, row: Recording) -> str:
    sent = commands.ask_speakers(row.pk, by=edge.actor(request), at=edge.moment(request))
    said = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", sent)
    messages.success(
        request, said % {"count": sent} if sent else _("Everybody has this mail already.")
    )
    return reverse("recording_speakers", args=[row.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def cut(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/cut/`: from where to where somebody is cut out, or that nobody is in it."""
    if answer := edge.signed_out(request):
        return answer
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    people = speakers_of(row)
    deed = request.POST.get("do", "")
    marked = forms.CutForm(
        request.POST if deed == "cut" else None, spans=scenes.refused_spans(row, people),
        length_ms=row.length_ms,
    )  # fmt: skip
    nothing = forms.NothingForm(request.POST if deed == "nothing" else None)
    tried: dict[str, tuple[Form, Callable[[], str]]] = {
        "cut": (marked, lambda: _cut(request, row, marked)),
        "nothing": (nothing, lambda: _restored(request, row, nothing)),
    }
    if deed in tried and (done := edge.submit(request, *tried[deed])):
        return done
    refused, against = [one for one in people if is_refused(one)], objections_of(row)
    context = {
        "marked": marked, "nothing": nothing, "work": scenes.work(row),
        "has_file": queries.original_of(row) is not None,
        "refused": refused, "against": against,
        "watchable": bool(row.link or queries.shown(row).renditions),
        "known": max([*(one.consent_id for one in refused), *(one.consent_id for one in against), 0]),
    }  # fmt: skip
    return _page(request, row, "cut", context, marked, nothing)


def _cut(request: HttpRequest, row: Recording, form: forms.CutForm) -> str:
    commands.cut(row.pk, form.spans, by=edge.actor(request), at=edge.moment(request))
    return reverse("recording_cut", args=[row.slug])


def _restored(request: HttpRequest, row: Recording, form: forms.NothingForm) -> str:
    shortening.restore(
        row.pk, note=form.cleaned_data["note"], known=form.cleaned_data["known"] or 0,
        by=edge.actor(request), at=edge.moment(request),
    )  # fmt: skip
    messages.success(request, _("It is a draft again. Publish it when you are ready."))
    return reverse("recording_manage", args=[row.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """`/recordings/<slug>/keep/`: the day on which it is removed, or now."""
    if answer := edge.signed_out(request):
        return answer
    row = queries.managed_by_slug(slug, by=edge.actor(request), at=edge.moment(request))
    deed = request.POST.get("do", "")
    kept = forms.KeepForm(
        request.POST if deed == "keep" else None, initial={"until": row.kept_until}
    )
    gone = forms.RemoveForm(request.POST if deed == "remove" else None)
    tried: dict[str, tuple[Form, Callable[[], str]]] = {
        "keep": (kept, lambda: _kept(request, row, kept)),
        "remove": (gone, lambda: _removed(request, row)),
    }
    if deed in tried and (done := edge.submit(request, *tried[deed])):
        return done
    context = {"kept": kept, "gone": gone, "last_day": retention.last_day(at=edge.moment(request))}
    return _page(request, row, "keep", context, kept, gone)


def _kept(request: HttpRequest, row: Recording, form: forms.KeepForm) -> str:
    shortening.keep_until(
        row.pk, until=form.cleaned_data["until"], by=edge.actor(request), at=edge.moment(request)
    )
    messages.success(request, _("Saved."))
    return reverse("recording_keep", args=[row.slug])


def _removed(request: HttpRequest, row: Recording) -> str:
    commands.remove(row.pk, by=edge.actor(request), at=edge.moment(request))
    messages.success(request, _("The recording is removed."))
    return reverse("event", args=[programme.outline(row.event_id).slug])
