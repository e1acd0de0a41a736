"""What a coordinator types."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.backstage import tongues
from events.kernel.contributions import Doubt
from events.kernel.words import pick
from events.kernel.zones import instant
from events.kinds.models import Kind
from events.planner import rules
from events.planner.commands import Place, Wish
from events.planner.offers import Offer, audience_of, audiences, languages, zones
from events.planner.repeatform import SCOPES, RepeatForm
from events.programme.commands import Plan
from events.programme.models import Event

MORE = frozenset((
    "minutes", "places_room", "places_online", "venue", "room", "address", "access", "dial_in",
    "language", "zone", "closes", "summary", "certificate", "recorded",
))  # fmt: skip
FAULTS = {
    rules.SKIPPED: _(
        "The clocks go forward that night, and this time does not exist. Choose another."
    ),
}
WARNINGS = {
    rules.DOUBLED: _(
        "The clocks go back that night, and this time comes twice. The first is meant."
    ),
    "past": _("The start has passed. A draft can be kept, but not published."),
}


class EventForm(RepeatForm):
    """One event. Empty fields take the defaults of the kind; `offer` says what can be chosen."""

    def __init__(self, *args: Any, offer: Offer, event: Event | None = None, **more: Any) -> None:
        """Offer only what exists where the event is planned."""
        super().__init__(*args, **more)
        self.offer, self.event = offer, event
        self.warnings: list[str] = []
        self.doubts: dict[str, str] = {}
        self._offer_choices(offer)
        self._fit_repeats()
        if event is not None:
            del self.fields["kind"]

    def _offer_choices(self, offer: Offer) -> None:
        language = get_language() or "en"
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": [(kind.code, pick(kind.names, language)) for kind in offer.kinds],
            "host": [("", _("None")), *((card.school_id, card.name) for card in offer.hosts)],
            "audience": audiences(offer),
            "language": [(tag, tongues.name_of(tag)) for tag in languages(offer.scope)],
            "zone": [(name, name.replace("_", " ")) for name in zones(offer.scope.zone)],
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
        self._check_repeat(data, self.starts)
        self.warnings = [fault] if fault in WARNINGS else []
        return data

    def doubt(self, found: Iterable[Doubt]) -> None:
        """Ask once about what is doubtful."""
        self.doubts |= {one.code: one.words for one in found}
        self.warnings += [code for code in self.doubts if code not in self.warnings]

    @property
    def warned(self) -> list[str]:
        """The warnings in words."""
        return [self.doubts.get(code) or str(WARNINGS[code]) for code in self.warnings]

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
        audience, community_id = audience_of(data["audience"])
        return Plan(
            kind=kind.code, title=data["title"], starts=self.starts, zone=data["zone"],
            minutes=data["minutes"] or kind.minutes, mode=data["mode"],
            country_id=scope.country_id, cluster_id=scope.cluster_id,
            programme_id=scope.programme_id, language=data["language"],
            host_school_id=data["host"], audience=audience,
            community_id=community_id, summary=data["summary"],
            join_url=data["join_url"], dial_in=data["dial_in"], certificate=data["certificate"],
            recorded=data["recorded"],
            registration_closes_at=_end_of(data["closes"], data["zone"]),
        )  # fmt: skip

    def _place(self, data: dict[str, Any]) -> Place | None:
        host = next((item for item in self.offer.hosts if item.school_id == data["host"]), None)
        name = data["venue"] or (host.name if host else "") or data["address"]
        if not name:
            return None
        return Place(name, data["room"], data["address"], data["access"])


def _end_of(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return instant(datetime.combine(day + timedelta(days=1), time()), zone)


class CancelForm(forms.Form):
    """Why an event will not take place."""

    reason = forms.CharField(label=_("Why, in one line"), required=False, max_length=300)
    reach = forms.ChoiceField(label=_("Which dates are cancelled"), required=False, choices=SCOPES)
