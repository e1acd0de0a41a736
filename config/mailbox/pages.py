"""Pages of the mailbox; they exist only while no mail server is named."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.mailbox import store

# A mail may hold anything: it runs no script, sends no form, loads nothing from elsewhere.
SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    to = request.GET.get("to", "")
    asked = request.GET.get("page", "1")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 - digits
    lines, older = store.lines(to=to, page=page)
    shown = {"lines": lines, "to": to, "newer": page - 1, "older": page + 1 if older else 0}
    return _private(render(request, "mailbox/inbox.html", shown))


@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail."""
    return _private(render(request, "mailbox/letter.html", {"mail": _mail(name)}))


@require_safe
def as_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The formatted text of a mail, in a sandbox."""
    mail = _mail(name)
    if not mail.html:
        raise Http404
    answer = HttpResponse(mail.html, content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = SANDBOX
    return _private(answer)


@require_safe
def download(_request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A file of a mail; never shown by the browser itself."""
    found = store.attachment(name, number)
    if found is None:
        raise Http404
    described, content = found
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{_ascii(described.name)}"'
    answer["Content-Security-Policy"] = SANDBOX
    return _private(answer)


def _mail(name: str) -> store.Mail:
    mail = store.read(name)
    if mail is None:
        raise Http404
    return mail


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_")


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
