"""The kinds a new installation starts with. Data: an installation adds its own rows beside them."""

from typing import Any

TALKS: list[dict[str, Any]] = [
    {"form": "break", "minutes": 15, "title": ""},
    {"form": "talk", "minutes": 5, "title": ""},
    {"form": "talk", "minutes": 7, "title": ""},
    {"form": "talk", "minutes": 7, "title": ""},
    {"form": "talk", "minutes": 2, "title": ""},
    {"form": "talk", "minutes": 7, "title": ""},
    {"form": "break", "minutes": 30, "title": ""},
    {"form": "talk", "minutes": 7, "title": ""},
    {"form": "talk", "minutes": 2, "title": ""},
    {"form": "table", "minutes": 45, "title": ""},
]


def _kind(  # noqa: PLR0917  a table reads best in columns
    code: str, hue: str, mode: str, minutes: int, en: str, hr: str, sq: str, **more: Any
) -> dict[str, Any]:
    names = {"en": en, "hr": hr, "sq": sq}
    return {"code": code, "hue": hue, "mode": mode, "minutes": minutes, "names": names, **more}


# Kinds at which people of some schools come to another one.
VISITS = frozenset({
    "exchange-visit", "lesson-observation", "job-shadowing", "expert-visit", "school-visit",
    "coordinator-visit",
})  # fmt: skip

KINDS: list[dict[str, Any]] = [
    _kind("teachmeet", "tm", "hybrid", 150, "TeachMeet", "TeachMeet", "TeachMeet", slots=TALKS, recorded=True),
    _kind("webinar", "web", "online", 60, "Webinar", "Webinar", "Webinar", recorded=True),
    _kind("workshop", "wrk", "room", 180, "Workshop", "Radionica", "Punëtori"),
    _kind("lecture", "web", "hybrid", 90, "Lecture", "Predavanje", "Ligjëratë", recorded=True),
    _kind("exchange-visit", "vis", "room", 360, "Exchange visit", "Stručni posjet", "Vizitë shkëmbimi"),
    _kind("lesson-observation", "obs", "room", 90, "Lesson observation", "Opažanje nastave",
          "Vëzhgim mësimi"),
    _kind("job-shadowing", "shd", "room", 360, "Job shadowing", "Praćenje rada", "Vëzhgim i punës"),
    _kind("expert-visit", "vis", "room", 240, "Expert visit", "Posjet stručnjaka", "Vizitë eksperti"),
    _kind("cluster-meeting", "mtg", "hybrid", 60, "Cluster meeting", "Sastanak klastera",
          "Takim i grupit", certificate=False),
    _kind("school-visit", "vis", "room", 180, "School visit", "Posjet školi", "Vizitë në shkollë"),
    _kind("birds-of-a-feather", "mtg", "hybrid", 45, "Birds of a Feather", "Birds of a Feather",
          "Birds of a Feather"),
    _kind("course-module", "web", "online", 90, "Course module", "Modul tečaja", "Modul kursi", recorded=True),
    _kind("conference", "tm", "hybrid", 480, "Conference", "Konferencija", "Konferencë", recorded=True),
    _kind("peer-exchange", "shd", "online", 60, "Peer exchange", "Razmjena iskustava",
          "Shkëmbim përvojash"),
    _kind("coordinator-visit", "vis", "room", 120, "Coordinator visit", "Posjet koordinatora",
          "Vizitë e koordinatorit", certificate=False),
]  # fmt: skip
