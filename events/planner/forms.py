"""What a coordinator types."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.backstage import tongues
from events.kernel.words import pick
from events.kernel.zones import instant, wall
from events.kinds.models import Kind, Mode
from events.networks.queries import SchoolCard
from events.planner import rules
from events.planner.commands import Place, Wish
from events.planner.queries import Scope
from events.programme.commands import Plan
from events.programme.models import Event, Part
from events.registration.queries import Places

MORE = frozenset(
    [
        "minutes",
        "places_room",
        "places_online",
        "venue",
        "room",
        "address",
        "access",
        "dial_in",
        "language",
        "zone",
        "closes",
        "summary",
        "certificate",
    ]
)
TONGUES = (
    "en", "hr", "sq", "mk", "sr", "bs", "sl", "hu", "cs", "sk", "it", "pt", "nl", "fr", "de", "es",
    "pl", "ro", "bg", "el", "tr",
)  # fmt: skip
SHORTEST, LONGEST = 5, 20160
CLOCK = re.compile(r"^([01]?\d|2[0-3])(?:[:.h ]?([0-5]\d))?$")
OTHER = "other"
FAULTS = {
    rules.SKIPPED: _(
        "The clocks go forward that night, and this time does not exist. Choose another."
    ),
}
WARNINGS = {
    rules.DOUBLED: _("The clocks go back that night, and this time comes twice. The first is meant."),
    "not_secure": _("The video link does not begin with https. Browsers may refuse it."),
    "not_reachable": _("The video link leads to a computer of your own network. Others cannot open it."),
    "start_link": _("The video link looks like the host’s own start link. Paste the link for guests."),
}  # fmt: skip


class ClockField(forms.TimeField):
    """A time of day on 24 hours: 16:30, 16.30, 1630 and 16 are the same as people write them."""

    def to_python(self, value: Any) -> time | None:
        """The time; raises ValidationError with an example."""
        text = str(value or "").strip()
        if not text:
            return None
        found = CLOCK.match(text)
        if found is None:
            raise forms.ValidationError(_("Enter the start as hours and minutes, like 16:30."))
        return time(int(found[1]), int(found[2] or 0))


@dataclass(frozen=True)
class Offer:
    """What the form offers to choose from."""

    scope: Scope
    kinds: Sequence[Kind]
    hosts: Sequence[SchoolCard]
    suggestions: Sequence[rules.Proposal] = ()


class EventForm(forms.Form):
    """One event. Empty fields take the defaults of the kind; `offer` says what can be chosen."""

    kind = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Enter a title.")}
    )
    when = forms.CharField(label=_("When"), required=False, max_length=16)
    day = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )
    start = ClockField(
        label=_("Start"),
        required=False,
        widget=forms.TimeInput(
            format="%H:%M",
            attrs={
                "placeholder": "16:30",
                "inputmode": "numeric",
                "autocomplete": "off",
                "size": "6",
            },
        ),
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=_("Empty: as usual for the kind."),
    )
    mode = forms.ChoiceField(
        label=_("How people join"),
        choices=[(Mode.ROOM, _("Room")), (Mode.ONLINE, _("Online")), (Mode.HYBRID, _("Both"))],
        widget=forms.RadioSelect,
    )
    host = forms.TypedChoiceField(
        label=_("Host school"), required=False, coerce=int, empty_value=None
    )
    join_url = forms.URLField(
        label=_("Video link"),
        required=False,
        max_length=600,
        assume_scheme="https",
        help_text=_("Paste the link for guests. Only registered people receive it."),
        error_messages={"invalid": _("Paste the whole link, beginning with https.")},
    )
    audience = forms.ChoiceField(label=_("Who may take part"))
    places_room = forms.IntegerField(
        label=_("Places in the room"), required=False, min_value=1, max_value=100000,
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    places_online = forms.IntegerField(
        label=_("Places online"), required=False, min_value=1, max_value=100000,
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    venue = forms.CharField(
        label=_("Place, if it is not the host school"), required=False, max_length=160
    )
    room = forms.CharField(label=_("Room"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, max_length=250)
    access = forms.CharField(
        label=_("Getting in"),
        required=False,
        max_length=300,
        help_text=_("For example step-free entrance, parking."),
    )
    dial_in = forms.CharField(
        label=_("Phone line for poor connections"), required=False, max_length=120
    )
    language = forms.ChoiceField(label=_("Language"))
    zone = forms.ChoiceField(label=_("Time zone"))
    closes = forms.DateField(
        label=_("Last day to register"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until the end."),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter the date as day, month and year, like 26.11.2026.")},
    )
    summary = forms.CharField(
        label=_("In two sentences"), required=False, max_length=2000, widget=forms.Textarea
    )
    certificate = forms.BooleanField(label=_("People can receive a certificate"), required=False)

    def __init__(self, *args: Any, offer: Offer, event: Event | None = None, **more: Any) -> None:
        """Offer only what exists where the event is planned."""
        super().__init__(*args, **more)
        self.offer, self.event = offer, event
        self.starts: datetime | None = None
        self.warnings: list[str] = []
        self._offer_choices(offer)
        if event is not None:
            del self.fields["kind"]

    def _offer_choices(self, offer: Offer) -> None:
        language = get_language() or "en"
        tags = dict.fromkeys(
            (offer.scope.language, *(code for code, _name in settings.LANGUAGES), *TONGUES)
        )
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": [(kind.code, pick(kind.names, language)) for kind in offer.kinds],
            "host": [("", _("None")), *((card.school_id, card.name) for card in offer.hosts)],
            "audience": audiences(offer.scope),
            "language": [(tag, tongues.name_of(tag)) for tag in tags],
            "zone": [(name, name.replace("_", " ")) for name in _zones(offer.scope.zone)],
        }
        for name, options in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options

    def clean(self) -> dict[str, Any]:
        """Find the start among the suggestions or the typed date, and what to warn about."""
        data = super().clean() or {}
        self.starts = self._start(data)
        fault = self._clock_fault(data)
        if fault in FAULTS:
            self.add_error("start", FAULTS[fault])
        if data.get("closes") and self.starts and data["closes"] > self.starts.date():
            self.add_error("closes", _("Choose a day that is not after the event."))
        online = data.get("mode") != Mode.ROOM
        found = [fault, *(rules.link_faults(data.get("join_url", "")) if online else [])]
        self.warnings = [code for code in found if code in WARNINGS]
        return data

    def _start(self, data: dict[str, Any]) -> datetime | None:
        chosen, day, start = data.get("when", ""), data.get("day"), data.get("start")
        if chosen in {"", OTHER}:
            return self._typed(day, start)
        if (day or start) and not self._same(chosen, day, start):
            self.add_error("when", _("You chose a suggested time and typed another. Keep one."))
            return None
        try:
            return datetime.fromisoformat(chosen)
        except ValueError:
            self.add_error("when", _("Choose one of the times shown, or type a date and a start."))
            return None

    @staticmethod
    def _same(chosen: str, day: date | None, start: time | None) -> bool:
        return bool(day and start) and chosen == f"{day:%Y-%m-%d}T{start:%H:%M}"

    def _typed(self, day: date | None, start: time | None) -> datetime | None:
        missing = {"day": _("Choose a date."), "start": _("Enter the start, like 16:30.")}
        if day is None and start is None and not {"day", "start"} & set(self.errors):
            self.add_error("when", _("Choose a suggested time, or type a date and a start."))
            return None
        for name, value in (("day", day), ("start", start)):
            if value is None and name not in self.errors:
                self.add_error(name, missing[name])
        return datetime.combine(day, start) if day and start else None

    def _clock_fault(self, data: dict[str, Any]) -> str:
        if self.starts is None or not data.get("zone"):
            return ""
        return rules.clock_fault(self.starts, data["zone"])

    @property
    def more_wrong(self) -> bool:
        """Whether a mistake lies under *More*."""
        return bool(MORE & set(self.errors))

    @property
    def chosen_kind(self) -> Kind | None:
        """The kind the form stands for now, also before it is sent."""
        code = self.event.kind.code if self.event else self["kind"].value()
        return next((kind for kind in self.offer.kinds if kind.code == code), None)

    def wish(self) -> Wish:
        """What the form asks for; only after it is valid."""
        data = self.cleaned_data
        return Wish(
            plan=self._plan(data),
            places={"room": data["places_room"], "online": data["places_online"]},
            place=self._place(data),
        )

    def _plan(self, data: dict[str, Any]) -> Plan:
        scope, kind = self.offer.scope, self.chosen_kind
        if self.starts is None or kind is None:
            raise ValueError("the form is not valid")
        return Plan(
            kind=kind.code, title=data["title"], starts=self.starts, zone=data["zone"],
            minutes=data["minutes"] or kind.minutes, mode=data["mode"],
            country_id=scope.country_id, cluster_id=scope.cluster_id,
            programme_id=scope.programme_id, language=data["language"],
            host_school_id=data["host"], audience=data["audience"], summary=data["summary"],
            join_url=data["join_url"], dial_in=data["dial_in"], certificate=data["certificate"],
            registration_closes_at=_end_of(data["closes"], data["zone"]),
        )  # fmt: skip

    def _place(self, data: dict[str, Any]) -> Place | None:
        host = next((item for item in self.offer.hosts if item.school_id == data["host"]), None)
        name = data["venue"] or (host.name if host else "") or data["address"]
        if not name:
            return None
        return Place(name, data["room"], data["address"], data["access"])


def audiences(scope: Scope) -> list[tuple[str, Any]]:
    """Who can be given the event, as choices."""
    country = pick(scope.country_names, get_language() or "en")
    found: list[tuple[str, Any]] = [
        (Event.Audience.COUNTRY, _("Every teacher of %(country)s") % {"country": country}),
        (Event.Audience.PUBLIC, _("Everybody, also people from elsewhere")),
    ]
    if scope.cluster_id is None:
        return found
    return [
        (Event.Audience.CLUSTER, _("Teachers of %(cluster)s") % {"cluster": scope.name}),
        *found,
    ]


def _zones(first: str) -> list[str]:
    europe = sorted(name for name in available_timezones() if name.startswith("Europe/"))
    return [first, *(name for name in europe if name != first)]


def _end_of(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return instant(datetime.combine(day + timedelta(days=1), time()), zone)


def starting_values(
    offer: Offer, *, kind: Kind | None, last: Part | None, own_schools: frozenset[int]
) -> dict[str, Any]:
    """What an empty form is filled with: what this person did last, else what the place suggests."""
    own = [card.school_id for card in offer.hosts if card.school_id in own_schools]
    hosts = [card.school_id for card in offer.hosts]
    host = last.event.host_school_id if last and last.event.host_school_id in hosts else None
    return {
        "kind": kind.code if kind else "",
        "mode": last.mode if last else (kind.mode if kind else Mode.HYBRID),
        "host": next(iter(own), host),
        "language": last.event.language if last else offer.scope.language,
        "zone": offer.scope.zone,
        "audience": audiences(offer.scope)[0][0],
        "certificate": kind.certificate if kind else True,
    }


def present_values(event: Event, part: Part, places: Sequence[Places]) -> dict[str, Any]:
    """The form's values for an event as it is."""
    limits = {row.way: row.capacity for row in places}
    closes = event.registration_closes_at
    venue = part.venue
    at_host = (
        venue is not None and event.host_school is not None and venue.name == event.host_school.name
    )
    return {
        "title": event.title, "day": part.wall.date(), "start": part.wall.time(),
        "minutes": part.minutes, "zone": part.zone, "mode": part.mode,
        "host": event.host_school_id, "join_url": part.join_url, "dial_in": part.dial_in,
        "audience": event.audience, "language": event.language, "summary": event.summary,
        "certificate": event.certificate, "places_room": limits.get("room"),
        "places_online": limits.get("online"),
        "venue": venue.name if venue and not at_host else "",
        "room": venue.room if venue else "", "address": venue.address if venue else "",
        "access": venue.access if venue else "",
        "closes": wall(closes - timedelta(seconds=1), part.zone).date() if closes else None,
    }  # fmt: skip


class CancelForm(forms.Form):
    """Why an event will not take place."""

    reason = forms.CharField(label=_("Why, in one line"), required=False, max_length=300)
