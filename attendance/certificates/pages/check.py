"""The check page: anybody, without an account, a cookie or JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.certificates import answers, counted, forms, numbers
from events.backstage import edge
from events.kernel.errors import TooOften

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def unlisted(view: View[P]) -> View[P]:
    """Keep the page out of search engines, stores and the referrers of other pages."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded


@unlisted
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The form; a number that can be meant leads to its page, any other is told what is wrong."""
    if "number" not in request.GET:
        return render(request, "certificates/check.html", {"form": forms.Typed()})
    form = forms.Typed(request.GET)
    if form.is_valid():
        return HttpResponseRedirect(reverse("check_number", args=[form.cleaned_data["number"]]))
    return render(request, "certificates/check.html", {"form": form}, status=422)


@unlisted
@require_safe
def check_number(request: HttpRequest, number: str) -> HttpResponse:
    """What stands under a number; unknown, malformed and never issued look all the same."""
    try:
        counted.count(request)
    except TooOften as error:
        waiting = render(request, "certificates/check_wait.html", error.data, status=error.status)
        waiting.headers["Retry-After"] = str(error.data["seconds"])
        return waiting
    try:
        meant = numbers.normalise(number)
    except numbers.NumberMistyped:
        return _unknown(request)
    if meant != number:
        return HttpResponsePermanentRedirect(reverse("check_number", args=[meant]))
    answer = answers.answer_for(meant)
    if answer is None:
        return _unknown(request)
    values = {"answer": answer, "at": edge.moment(request), "form": forms.Typed()}
    return render(request, "certificates/checked.html", values)


@unlisted
@require_safe
def typed(request: HttpRequest, number: str = "") -> HttpResponse:
    """Addresses as people type them: a capital V, no slash at the end."""
    if not number:
        return HttpResponsePermanentRedirect(reverse("check"))
    if request.path.startswith("/v/"):
        return check_number(request, number)
    return HttpResponsePermanentRedirect(reverse("check_number", args=[number]))


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "certificates/check_unknown.html", {"form": forms.Typed()}, status=404)
