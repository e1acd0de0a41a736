"""Who is to be reminded."""

from django.db.models import QuerySet

from events.backstage.models import Letter
from events.people.models import Person
from events.programme.models import Part
from events.registration.models import Registration, Way
from events.reminders.rules import Offset


def prefix_of(part: Part, offset: Offset) -> str:
    """The beginning of what names the reminders of one part and offset, for one start.

    With the start in it, who was reminded of a time that moved is reminded of the new one.
    """
    return f"remind:{part.pk}:{offset.code}:{part.starts_at:%Y%m%dT%H%M}:"


def still_to_remind(part: Part, offset: Offset) -> QuerySet[Registration]:
    """People with a place who want reminders, can be written to, and have none of these yet."""
    told = Letter.objects.filter(
        event_id=part.event_id, purpose__startswith=prefix_of(part, offset)
    ).values("person_id")
    rows = Registration.objects.filter(
        event_id=part.event_id,
        state=Registration.State.REGISTERED,
        person__reminders=True,
        person__is_active=True,
        person__mail_state=Person.MailState.FINE,
    )
    if offset.online_only:
        rows = rows.filter(way=Way.ONLINE)
    return (
        rows.exclude(person__email="")
        .exclude(person_id__in=told)
        .select_related("person")
        .order_by("pk")
    )
