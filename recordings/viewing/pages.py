"""The catalogue of recordings, the page of one with its player, and the choice to spare data."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from events.backstage import edge
from events.kernel.errors import Missing
from recordings.library import queries
from recordings.viewing import access, catalogue, lowdata, scenes

FILTERS = ("language", "kind", "community", "length")
LONGEST = 80


@require_safe
def recordings(request: HttpRequest) -> HttpResponse:
    """All recordings the reader can watch now, the newest first."""
    by, at = edge.actor(request), edge.moment(request)
    wanted = catalogue.Wanted(
        **{name: request.GET.get(name, "").replace("\0", "").strip()[:LONGEST] for name in FILTERS}
    )
    rows = catalogue.up(by, at=at)
    low = lowdata.wanted(request)
    page = catalogue.page(catalogue.narrowed(rows, wanted), request.GET.get("page"), low=low)
    cards = catalogue.cards(list(page.object_list))
    context = {
        "wanted": wanted, "page_of_list": page, "low": low, **catalogue.offered(rows),
        "cards": [(card, _picture(request, card, low=low)) for card in cards],
    }  # fmt: skip
    return lowdata.told(render(request, "viewing/recordings.html", context))


def _picture(request: HttpRequest, card: catalogue.Card, *, low: bool) -> str:
    if low or not card.poster:
        return ""
    return access.folder(request, card.recording, at=edge.moment(request)) + "poster.jpg"


# hls.js, where a browser needs it, hands the element what it has loaded under an address of this page.
@csp_update({"media-src": ["blob:"]})  # type: ignore[arg-type]
@require_safe
def recording(request: HttpRequest, slug: str) -> HttpResponse:
    """One recording; `?size=` picks what is played, `?t=` the second it begins at.

    Whoever has not signed in and sees none is led to do so: mails lead here.
    """
    by, at = edge.actor(request), edge.moment(request)
    try:
        row = queries.seen(slug, by=by, at=at)
    except Missing:
        if (away := edge.signed_out(request)) is not None:
            return away
        raise
    low = lowdata.wanted(request)
    asked = scenes.Asked(
        size=request.GET.get("size", ""), second=_second(request), low=low,
        folder=access.folder(request, row, at=at),
    )  # fmt: skip
    context = scenes.of(row, asked, by=by, at=at)
    return lowdata.told(render(request, "viewing/recording.html", context))


def _second(request: HttpRequest) -> int:
    given = request.GET.get("t", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0  # noqa: PLR2004  eleven days


# Not worth forging, as with the theme: without a token anonymous pages stay free of cookies.
@csrf_exempt
@require_POST
def spare_data(request: HttpRequest) -> HttpResponse:
    """Keep the choice of low-data mode on this device and go back."""
    response = HttpResponseRedirect(_back(request))
    lowdata.keep(request, response)
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("recordings")
