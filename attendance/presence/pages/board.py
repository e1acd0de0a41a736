"""`/attendance/<event>/`: who was there, who needs a look, and closing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attendance.presence import board as boards
from attendance.presence import deciding, finding, imports, queries, sheets, wording
from attendance.presence.board import Board, Row
from attendance.presence.forms import Correction, Marks, Upload
from attendance.presence.pages import scene as scenes
from attendance.presence.pages.people import correction_of
from attendance.presence.pages.scene import Scene
from events.backstage import edge
from events.kernel.errors import Missing
from events.kernel.zones import wall

PAGE = 50
TABS = ("", "look", "credited", "not")
ORDERS: dict[str, Callable[[Row], int]] = {
    "time": lambda row: row.verdict.counted_ms,
    "-time": lambda row: -row.verdict.counted_ms,
}
INLINE_CHOICES = 400
STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880)
FEWEST_STEPS, MOST_STEPS = 2, 6
REFRESH_SECONDS = 5
REFUSED = 422


@dataclass(frozen=True)
class Shown:
    """A row with its words; `form` is there while its time is being corrected."""

    row: Row
    look: str
    icon: str
    result: str
    remarks: list[str]
    label: str
    evidence: str
    share: str
    form: Correction | None = None
    correct: str = ""


@dataclass(frozen=True)
class Wish:
    """What of the board is asked for: a tab, an order, and whose time is being corrected."""

    show: str
    sort: str
    correct: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Wish":
        """Read from the address; anything unknown is left out."""
        show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
        correct = request.GET.get("correct", "")
        return cls(
            show if show in TABS else "",
            sort if sort in {*ORDERS, "-name"} else "",
            int(correct) if correct.isdecimal() and len(correct) < scenes.BIGINT_DIGITS else 0,
        )

    def rows(self, found: Board) -> list[Row]:
        """The rows asked for, in the order asked for."""
        rows = found.in_state(self.show)
        if self.sort == "-name":
            return rows[::-1]
        return sorted(rows, key=ORDERS[self.sort]) if self.sort else rows


@require_safe
def board(request: HttpRequest, event_id: int) -> HttpResponse:
    """The board; before the start only when it opens."""
    scene = scenes.opened(request, event_id)
    return shown(request, scene, Marks(mode=scene.part.mode))


def ticked(request: HttpRequest) -> list[int]:
    """The people ticked in the board."""
    sent = request.POST.getlist("person")
    return [int(pk) for pk in sent if pk.isdecimal() and len(pk) < scenes.BIGINT_DIGITS]


def shown(request: HttpRequest, scene: Scene, marks: Marks) -> HttpResponse:
    """The page of the board, with a form for several people that may carry mistakes."""
    wish, event_id = Wish.of(request), scene.event.pk
    if scene.phase in {"unpublished", "coming", "cancelled"}:
        return render(request, "presence/early.html", {"scene": scene, "event": scene.event})
    found = boards.board(event_id, at=scene.at)
    page = Paginator(wish.rows(found), PAGE).get_page(request.GET.get("page"))
    counted = deciding.being_counted(found, state=scene.event.state)
    context = {
        **_common(scene, found, wish),
        "page_of_people": page,
        "lines": _lines(request, page, scene, wish),
        **_naming(scene),
        "counted": counted,
        "closing": scene.phase == "ended",
        **_dropping(scene),
        "marks": marks,
        "ticked": ticked(request),
    }
    status = REFUSED if marks.errors else 200
    answer = render(request, "presence/board.html", context, status=status)
    if counted:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer


def _dropping(scene: Scene) -> dict[str, object]:
    """The reports there are; while an online event has none, also the place to drop them in."""
    reports = list(queries.reports_of(scene.event.pk))
    online = any(part.join_url for part in scene.parts)
    missing = online and not reports and scene.phase in {"open", "ended"}
    form = Upload(parts=scene.parts) if missing and scene.at >= scene.event.starts_at else None
    return {"reports": reports, "form": form, "limit": imports.LARGEST // 1024 // 1024}


def _common(scene: Scene, found: Board, wish: Wish) -> dict[str, object]:
    return {
        "scene": scene,
        "event": scene.event,
        "part": scene.part,
        "board": found,
        "wish": wish,
        "rule": wording.rule(
            found.rule, planned=found.planned, needed=found.needed, both=scene.both
        ),
        "room": sum(row.verdict.minutes_room > 0 for row in found.rows),
        "online": sum(row.verdict.minutes_online > 0 for row in found.rows),
        "tabs": [(tab, found.count(tab)) for tab in TABS],
        "counts": {
            "credited": found.count("credited"),
            "look": found.count("look"),
            "attention": found.count("look") + queries.waiting(scene.event.pk),
            "short": sum(not row.excused for row in found.in_state("not")),
            "excused": sum(row.excused for row in found.rows),
        },
        "present": wording.present(found.present.most),
        "step": step_of(found.length),
        "ticks": ticks(found, scene.part.zone),
    }


def _lines(request: HttpRequest, page: Page[Row], scene: Scene, wish: Wish) -> list[Shown]:
    address = request.GET.copy()
    shown = []
    for row in page:
        address["correct"] = str(row.person_id)
        form = correction_of(row, scene) if row.person_id == wish.correct else None
        shown.append(_shown(row, form, f"?{address.urlencode()}#p{row.person_id}"))
    return shown


def _shown(row: Row, form: Correction | None = None, correct: str = "") -> Shown:
    look, icon, result = wording.result(row)
    return Shown(
        row, look, icon, result, wording.remarks_of(row), wording.stays(row.name, row.bars),
        wording.evidence_of(row), wording.share(row.verdict), form, correct,
    )  # fmt: skip


def _naming(scene: Scene) -> dict[str, object]:
    """Who waits to be named; short lists offer everybody not yet seen, long ones only the likely."""
    waiting, aside = finding.unmatched(scene.event, at=scene.at)
    unseen: list[finding.Choice] = []
    if waiting:
        seen = {row.person_id for row in queries.sightings_of(scene.event.pk)}
        choices = finding.Crowd(scene.event, at=scene.at).choices.values()
        unseen = [one for one in choices if one.person_id not in seen]
        if len(unseen) * len(waiting) > INLINE_CHOICES:
            unseen = []
    exact = sum(one.exact is not None for one in waiting)
    return {"unmatched": waiting, "aside": aside, "unseen": unseen, "exact": exact}


def step_of(length: int) -> int:
    """Minutes between two marks of the axis: a round number that divides the length, if one does."""
    fitting = [one for one in STEPS if length % one == 0]
    good = [one for one in fitting if FEWEST_STEPS <= length // one <= MOST_STEPS]
    return good[0] if good else length


def ticks(found: Board, zone: str) -> list[datetime]:
    """The wall-clock times under the axis; the parts of an event follow one another on it."""
    minutes = range(0, found.length + 1, step_of(found.length))
    instants = (deciding.instant(found.setting.instant(minute)) for minute in minutes)
    return [wall(at, zone) for at in instants]


@require_safe
def printed(request: HttpRequest, event_id: int) -> HttpResponse:
    """The board for paper: everybody of the tab on one page, no buttons."""
    scene, wish = scenes.opened(request, event_id), Wish.of(request)
    found = boards.board(event_id, at=scene.at)
    lines = [_shown(row) for row in wish.rows(found)]
    context = {**_common(scene, found, wish), "lines": lines}
    return render(request, "presence/print.html", context)


KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def table(request: HttpRequest, event_id: int, kind: str) -> HttpResponse:
    """What is shown, as a file for a spreadsheet."""
    scene, wish = scenes.opened(request, event_id), Wish.of(request)
    if kind not in KINDS:
        raise Missing
    rows = wish.rows(boards.board(event_id, at=scene.at))
    lines: list[sheets.Cells] = [sheets.header(), *(sheets.cells(row) for row in rows)]
    if kind == "csv":
        content = sheets.as_csv(lines)
    else:
        content = sheets.as_xlsx(lines, title=str(event_id), at=scene.at)
    name = f"attendance-{scene.event.slug}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)


@require_POST
def close(request: HttpRequest, event_id: int) -> HttpResponse:
    """Close the attendance, asked once more where something is open; certificates follow."""
    scene = scenes.opened(request, event_id)
    loose = deciding.loose_ends(event_id)
    if loose.any and scene.phase == "ended" and not request.POST.get("sure"):
        found = boards.board(event_id, at=scene.at)
        context = {"scene": scene, "event": scene.event, "loose": loose,
                   "credited": found.count("credited")}  # fmt: skip
        return render(request, "presence/close.html", context)

    def deed() -> str:
        deciding.close(event_id, by=scene.by, at=scene.at)
        return reverse("board", args=[event_id]) + "#closing"

    return edge.once(request, deed)
