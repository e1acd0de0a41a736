"""The page that shows every component, for people who write pages and for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.templatetags.icons import ICONS

START = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
KINDS = [
    ("teachmeet", "TeachMeet", "tm"),
    ("webinar", "Webinar", "web"),
    ("exchange-visit", "Exchange visit", "vis"),
    ("observation", "Lesson observation", "obs"),
    ("workshop", "Workshop", "wrk"),
    ("job-shadowing", "Job shadowing", "shd"),
    ("cluster-meeting", "Cluster meeting", "mtg"),
]
WEEKS = [("7 Sep", (210, 180, 20)), ("14 Sep", (260, 240, 40)), ("21 Sep", (330, 300, 80))]
SERIES = [
    {"kind": "room", "name": "In the room"},
    {"kind": "onl", "name": "Online, live"},
    {"kind": "vod", "name": "Recording"},
]
BOARD = [
    ("Tihana Šimić-Đurđević", "OŠ Šenkovica", [("room", 2, 150)], 148),
    ("Božo Kučan", "SŠ Zelena dolina", [("onl", 0, 47), ("onl", 49, 150)], 148),
    ("Krešimir Žižić", "OŠ Sveti Križ", [("room", 0, 104), ("fix", 104, 148)], 104),
    ("Наташа Ѓорѓиевска", "ОУ „Климентова порта“", [("onl", 31, 150)], 119),
]
WRONG = {"title": "TeachMeet: Čitamo zajedno", "mode": "hybrid", "host": "1", "ends": "16:00"}
ROOM = [(0, 8), (5, 21), (15, 29), (104, 30), (148, 12), (150, 0)]
ONLINE = [(0, 11), (22, 12), (61, 11), (97, 13), (148, 5), (150, 0)]
SHARES = [[("room", 21), ("hyb", 9), ("onl", 34)], [("room", 5), ("hyb", 2), ("onl", 9)]]
STRIP = [("b", 0, 15), ("h", 15, 20), ("", 20, 34), ("n", 34, 36), ("o", 36, 43), ("t", 45, 130)]


@dataclass(frozen=True)
class Sample:
    """A part of an event, as pages get it."""

    starts_at: datetime
    ends_at: datetime
    zone: str


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Title", max_length=160)
    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.", required=False)
    ends = forms.TimeField(label="End", help_text="For example 19:00")
    mode = forms.ChoiceField(
        label="How people join",
        choices=[("room", "Room"), ("online", "Online"), ("hybrid", "Both")],
        widget=forms.RadioSelect,
    )
    host = forms.ChoiceField(label="Host school", choices=[("1", "OŠ Vrbik"), ("2", "OŠ Lužani")])
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[("tue", "Tuesday"), ("thu", "Thursday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(label="Tell them why", widget=forms.Textarea, required=False)
    record = forms.BooleanField(label="Record the talks", required=False)

    def clean_ends(self) -> object:
        """Always too early: the page shows the mistake."""
        raise forms.ValidationError("Enter an end time after 16:30")


def page(request: HttpRequest) -> HttpResponse:
    """Every component once, with invented people and a form that has a mistake."""
    messages.success(request, "Invitation sent to 43 teachers")
    context = {
        "title": "Design system", "sample": SampleForm(WRONG),
        "part": Sample(START, START + timedelta(minutes=150), "Europe/Zagreb"),
        "week": (date(2026, 11, 16), date(2026, 11, 22)), "days": _month(), "icons": ICONS,
        "kinds": KINDS,
        "levels": [[4, 3], [4, 3, 2], [4, 3, 2, 1], [4, 3, 2, 1, 0], [4] + [2] * 7, [4] + [1] * 12],
        "weeks": WEEKS, "series": SERIES, "board": BOARD, "room": ROOM, "online": ONLINE,
        "shares": SHARES, "strip": STRIP, "list": Paginator(range(120), 50).page(2),
        "address": request.build_absolute_uri("/v/7K4P-QM2X-9TRD"),
    }  # fmt: skip
    return render(request, "design.html", context)


def _month() -> list[list[date]]:
    first = date(2026, 10, 26)
    return [[first + timedelta(days=7 * week + day) for day in range(7)] for week in range(5)]
