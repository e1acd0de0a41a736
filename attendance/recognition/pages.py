"""My learning: hours, certificates, statements."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attendance.certificates import delivery, statements
from attendance.certificates import queries as certificates
from attendance.recognition import forms, learning, readers
from events.backstage import addresses, edge
from events.kernel.errors import DomainError, Missing
from events.networks import queries as networks
from events.people import queries as people


@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """Hours with their reasons, certificates, statements, and who else can see them."""
    person_id = edge.actor(request).person_id
    if person_id is None:
        return HttpResponseRedirect(addresses.sign_in(request.path))
    return _show(request, person_id)


def _show(
    request: HttpRequest, person_id: int, *, form: forms.Days | None = None, status: int = 200
) -> HttpResponse:
    at = edge.moment(request)
    today = at.date()
    years = learning.periods(person_id, today=today)
    whole = learning.everything(person_id, today=today)
    wanted = request.GET.get("year", "")
    period = next((item for item in years if str(item.year) == wanted), whole)
    account = learning.account(person_id, period, at=at)
    issued = certificates.statements_of(person_id)
    context = {
        "name": people.cards([person_id])[person_id].name,
        "school": networks.school_at([person_id], on=today).get(person_id),
        "account": account,
        "papers": [(row, certificates.record_of(row)) for row in account.certificates],
        "years": years,
        "period": period,
        "statements": [(row, certificates.statement_record(row)) for row in issued],
        "readers": readers.of_person(person_id, at=at),
        "form": form or forms.Days(initial={"first": period.first, "last": period.last}),
    }
    return render(request, "recognition/learning.html", context, status=status)


@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """One paper for all hours of a period."""
    by, at = edge.actor(request), edge.moment(request)
    if by.person_id is None:
        return HttpResponseRedirect(addresses.sign_in(reverse("learning")))
    person_id = by.person_id
    form = forms.Days(request.POST)
    if not form.is_valid():
        return _show(request, person_id, form=form, status=422)
    first: date = form.cleaned_data["first"]
    last: date = form.cleaned_data["last"]

    def deed() -> str:
        made = statements.state(person_id=person_id, first=first, last=last, by=by, at=at)
        return reverse("statement_pdf", args=[made.number])

    try:
        return edge.once(request, deed)
    except DomainError as error:
        edge.refuse_in(form, error)
        return _show(request, person_id, form=form, status=error.status)


@require_safe
def statement_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The paper of a statement, for its holder alone; the same bytes each time."""
    by = edge.actor(request)
    row = certificates.statement_by_number(number)
    if row is None or by.person_id is None or row.person_id != by.person_id:
        raise Missing
    answer = HttpResponse(delivery.statement_pdf(row), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
