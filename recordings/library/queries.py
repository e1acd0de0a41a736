"""Questions about recordings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from events.kernel.actors import Actor
from events.kernel.errors import Missing
from events.programme import queries as programme
from events.registration import queries as registration
from recordings.library import policies, states
from recordings.library.models import Original, Recording, Rendition, Visibility

SIZES = tuple(Rendition.Name.values)


@dataclass(frozen=True)
class Shown:
    """A recording with the sizes of its present revision, smallest first."""

    recording: Recording
    renditions: tuple[Rendition, ...]

    def size(self, name: str) -> Rendition | None:
        """One size, if it is ready."""
        return next((one for one in self.renditions if one.name == name), None)


def visible_to(actor: Actor, *, at: datetime) -> QuerySet[Recording]:
    """Recordings the actor may watch or look after; the set form of `policies.may_watch`."""
    managed = Q(event_id__in=programme.run_by(actor).order_by().values_list("pk", flat=True))
    there = Q(state=states.PUBLISHED, up_at__lte=at)
    found = there & Q(visibility=Visibility.PUBLIC, captioned=True)
    if actor.person_id is not None:
        mine = registration.ever_joined(actor.person_id)
        near = programme.near(actor).order_by().values_list("pk", flat=True)
        found |= there & (Q(event_id__in=mine) | Q(event_id__in=near))
        if actor.home_schools:
            found |= there & Q(visibility=Visibility.NETWORK, captioned=True)
    return Recording.objects.exclude(state=states.DELETED).filter(managed | found)


def seen(slug: str, *, by: Actor, at: datetime) -> Recording:
    """A recording the actor may watch or look after; else Missing."""
    return _checked(Recording.objects.filter(slug=slug).first(), by=by, at=at)


def seen_by_id(recording_id: int, *, by: Actor, at: datetime) -> Recording:
    """The same by id."""
    return _checked(find(recording_id), by=by, at=at)


def _checked(found: Recording | None, *, by: Actor, at: datetime) -> Recording:
    if found is None or found.state == states.DELETED:
        raise Missing
    registered = by.person_id is not None and registration.has_ever_joined(
        found.event_id, by.person_id
    )
    if not policies.may_watch(by, found, registered=registered, at=at):
        raise Missing
    return found


def managed(recording_id: int, *, by: Actor) -> Recording:
    """A recording the actor looks after; raises Missing or NotAllowed."""
    found = find(recording_id)
    if found is None or found.state == states.DELETED:
        raise Missing
    policies.require_may_manage(by, found)
    return found


def managed_by_slug(slug: str, *, by: Actor, at: datetime) -> Recording:
    """The same by slug, for pages."""
    found = seen(slug, by=by, at=at)
    policies.require_may_manage(by, found)
    return found


def find(recording_id: int) -> Recording | None:
    """A recording, for work of ours."""
    return Recording.objects.filter(pk=recording_id).first()


def shown(recording: Recording) -> Shown:
    """The recording with what can be watched of its present revision."""
    rows = Rendition.objects.filter(recording=recording, revision=recording.revision)
    return Shown(recording, in_order(rows))


def in_order(rows: Iterable[Rendition]) -> tuple[Rendition, ...]:
    """Sizes, smallest first."""
    return tuple(sorted(rows, key=lambda row: SIZES.index(row.name)))


def original_of(recording: Recording) -> Original | None:
    """The file the present revision is made from, while it is kept."""
    return Original.objects.filter(
        recording=recording, revision=recording.revision, removed_at=None
    ).first()


def all_of_part(part_id: int) -> list[Recording]:
    """Every recording of a part, deleted ones too: what was watched of them stays watched."""
    return list(Recording.objects.filter(part_id=part_id).order_by("pk"))


def of_event(event_id: int) -> Sequence[Recording]:
    """All recordings of an event that are not deleted, in the order they came."""
    return list(
        Recording.objects.filter(event_id=event_id).exclude(state=states.DELETED).order_by("pk")
    )


def folders() -> set[tuple[int, int]]:
    """Recording and revision of all files that are kept: of anything else files may go."""
    kept = Original.objects.filter(removed_at=None).values_list("recording_id", "revision")
    made = Rendition.objects.values_list("recording_id", "revision")
    return {
        *kept.exclude(recording__state=states.DELETED),
        *made.exclude(recording__state=states.DELETED),
    }
