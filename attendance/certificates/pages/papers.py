"""One certificate for its holder and for those who answer for it: look, download, withdraw, replace."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attendance.certificates import (
    answers,
    commands,
    delivery,
    forms,
    policies,
    preview,
    queries,
    states,
)
from events.backstage import edge
from events.kernel.errors import Missing
from events.people import queries as people
from events.programme import queries as programme

if TYPE_CHECKING:
    from attendance.certificates.models import Certificate

GONE = 410
Deed = Callable[[str, str], "Certificate"]


def _seen(request: HttpRequest, number: str) -> "Certificate":
    row = queries.by_number(number)
    if row is None or not policies.may_read(edge.actor(request), row):
        raise Missing
    return row


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as it is printed, the same in words, and what can be done with it."""
    return _show(request, _seen(request, number))


def _show(
    request: HttpRequest,
    row: "Certificate",
    *,
    withdrawing: forms.Withdraw | None = None,
    replacing: forms.Replace | None = None,
    status: int = 200,
) -> HttpResponse:
    by, intact = edge.actor(request), queries.intact(row)
    record = queries.record_of(row) if intact else None
    mends = policies.may_withdraw(by, row) and row.state == "issued"
    context = {
        "row": row,
        "event": programme.outline(row.event_id),
        "record": record,
        "drawn": preview.of(record) if record else None,
        "answer": answers.answer_for(row.number),
        "mine": row.person_id == by.person_id,
        "mends": mends,
        "name_now": people.cards([row.person_id])[row.person_id].name if mends else "",
        "withdrawing": withdrawing or forms.Withdraw(prefix="w"),
        "replacing": replacing or forms.Replace(prefix="r"),
        "form": replacing if replacing is not None else withdrawing,
    }
    return render(request, "certificates/certificate.html", context, status=status)


@require_safe
def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The paper itself, drawn at the first download and the same bytes ever after.

    One that is no longer in force answers 410 with the reason; its holder may open it all the same.
    """
    row = _seen(request, number)
    if row.state == states.ISSUED:
        return pdf(delivery.certificate_pdf(row), f"{row.number}.pdf", tag=row.digest)
    if row.person_id != edge.actor(request).person_id or "anyway" not in request.GET:
        return _show(request, row, status=GONE)
    return pdf(delivery.certificate_pdf(row), f"{row.number}-{row.state}.pdf", tag=row.digest)


def pdf(content: bytes, name: str, *, tag: str = "") -> HttpResponse:
    """A PDF that the browser shows, and saves under `name`."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    if tag:
        answer.headers["ETag"] = f'"{tag}"'
    return answer


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw it for a reason."""
    row = _seen(request, number)
    form = forms.Withdraw(request.POST, prefix="w")

    def deed(reason: str, note: str) -> "Certificate":
        by, at = edge.actor(request), edge.moment(request)
        return commands.revoke(number, reason=reason, note=note, by=by, at=at)

    return _done(request, form, deed) or _show(
        request, queries.by_number(number) or row, withdrawing=form, status=422
    )


@require_POST
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Replace it by one that says what is true now."""
    row = _seen(request, number)
    form = forms.Replace(request.POST, prefix="r")

    def deed(reason: str, note: str) -> "Certificate":
        by, at = edge.actor(request), edge.moment(request)
        return commands.reissue(number, reason=reason, note=note, by=by, at=at)

    return _done(request, form, deed) or _show(
        request, queries.by_number(number) or row, replacing=form, status=422
    )


def _done(request: HttpRequest, form: forms.Withdraw, deed: Deed) -> HttpResponse | None:
    """The way on after the deed; None when the form has something to say."""

    def act() -> str:
        values = form.cleaned_data
        return reverse("certificate", args=[deed(values["reason"], values["note"]).number])

    return edge.submit(request, form, act)
