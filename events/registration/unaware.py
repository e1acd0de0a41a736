"""Who does not know yet how a part of an event stands now."""

from django.db.models import (
    BinaryField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from events.backstage.models import Letter
from events.programme.models import Event, Part
from events.registration.models import Registration

RECEIPTS = ("receipt", "entry")


def unaware(rows: QuerySet[Registration], event: Event, part: Part) -> QuerySet[Registration]:
    """Those of the registrations that are as old as the last change, or whose receipt does not tell it.

    A receipt tells of all parts as they are when it is drawn, and one identity of an entry (UID and
    SEQUENCE, RFC 5546 §2.1.5) leaves once. So what its entry says decides where there is one, and no
    instant: a deed that waited for another one bears the earlier time of the two, and one may be drawn
    while the other is carried out.
    """
    receipts = _receipts(event)
    entries = _holding(receipts, Value(f"UID:{part.uid}\r\n"))
    number = Cast(OuterRef("sequence") + part.sequence, TextField())
    present = _holding(entries, _text(Value("SEQUENCE:"), number, Value("\r\n")))
    # What was called off is taken away from nobody who never had it.
    told = receipts if part.cancelled_at is None else entries
    older = Q(changed_at__lte=event.changed_at) | Exists(told)
    return rows.filter(older).exclude(Exists(present))


def _receipts(event: Event) -> QuerySet[Letter]:
    """The letters with entries that name a registration as it is now (`letters.place_purpose`)."""
    purpose = _text(
        Value("place:"), Cast(OuterRef("pk"), TextField()), Value(":"),
        Cast(OuterRef("sequence"), TextField()),
    )  # fmt: skip
    of_part = _text(purpose, Value(":"))
    return Letter.objects.filter(
        Q(purpose=purpose) | Q(purpose__startswith=of_part),
        event_id=event.pk, person_id=OuterRef("person_id"), kind__in=RECEIPTS, ics_method="REQUEST",
    )  # fmt: skip


def _text(*pieces: Value | Cast | Concat) -> Concat:
    return Concat(*pieces, output_field=TextField())


def _holding(letters: QuerySet[Letter], line: Value | Concat) -> QuerySet[Letter]:
    """Those of the letters whose calendar file has a line."""
    found = Func(
        Func(line, Value("UTF8"), function="convert_to", output_field=BinaryField()), F("ics"),
        template="position(%(expressions)s)", arg_joiner=" IN ", output_field=IntegerField(),
    )  # fmt: skip
    return letters.annotate(found=found).filter(found__gt=0)
