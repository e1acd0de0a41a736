"""How a step is shown: the list of steps around it, 422 where a form has mistakes."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.networks.setup import steps

REFUSED = 422


def page(
    request: HttpRequest, code: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """The page of a step inside the first run."""
    form = context.get("form")
    if isinstance(form, BaseForm) and form.is_bound and form.errors:
        status = max(status, REFUSED)
    reached = steps.reached()
    around = {
        "steps": steps.listed(code, reached), "step": code, "number": steps.ORDER.index(code) + 1,
        "title": steps.TITLES[code], "next": steps.after(code) if steps.after(code) != code else "",
        "next_open": steps.ORDER.index(reached) > steps.ORDER.index(code),
        "next_title": steps.TITLES[steps.after(code)],
    }  # fmt: skip
    return render(request, f"setup/{code}.html", {**around, **context}, status=status)
