"""Several people of the board at once, and taking an excuse back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from attendance.presence import board as boards
from attendance.presence import marking
from attendance.presence.forms import Marks
from attendance.presence.pages import board as pages
from attendance.presence.pages import scene as scenes
from attendance.presence.pages.scene import Scene
from events.backstage import edge
from events.kernel.errors import DomainError, Missing, NotAllowed


@require_POST
def mark(request: HttpRequest, event_id: int) -> HttpResponse:
    """Give everybody ticked one answer; what cannot be done comes back with the ticks."""
    scene = scenes.opened(request, event_id)
    form = Marks(request.POST, mode=scene.part.mode)
    if not form.is_valid():
        return pages.shown(request, scene, form)

    def deed() -> str:
        done = marking.mark(
            event_id, person_ids=_people(request, scene), answer=form.cleaned_data["answer"],
            reason=form.cleaned_data["reason"], by=scene.by, at=scene.at,
        )  # fmt: skip
        said = ngettext("%(number)s person is changed.", "%(number)s people are changed.", done)
        messages.success(request, said % {"number": done})
        return scenes.board_address(request, event_id, place="#people")

    try:
        return edge.once(request, deed)
    except (Missing, NotAllowed):
        raise
    except DomainError as error:
        edge.refuse_in(form, error)
        return pages.shown(request, scene, form)


def _people(request: HttpRequest, scene: Scene) -> list[int]:
    """Those ticked; or everybody registered of the tab, on all its pages."""
    if not request.POST.get("everybody"):
        return pages.ticked(request)
    found = boards.board(scene.event.pk, at=scene.at)
    rows = found.in_state(pages.Wish.of(request).show)
    return [row.person_id for row in rows if row.registered]


@require_POST
def drop_excuse(request: HttpRequest, event_id: int, person_id: int) -> HttpResponse:
    """Take an excuse back."""
    scene = scenes.opened(request, event_id)

    def deed() -> str:
        marking.drop_excuse(event_id, person_id=person_id, by=scene.by, at=scene.at)
        return scenes.board_address(request, event_id, place=f"#p{person_id}")

    return edge.once(request, deed)
