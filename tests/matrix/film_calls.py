"""What is sent to the operations on recordings at a place, and what stands in their addresses."""

from tests.matrix.places import Place

RECORDING = "/api/v1/recordings/<recording_id>"
_NOTE = {"note": "Asked by mail"}
BODIES = {
    ("POST", "/api/v1/recordings"): lambda place: {
        "part_id": place.events["ended"].parts.get().pk, "title": "New", "language": "en",
        "link": "https://video.example.org/1",
    },
    ("PATCH", RECORDING): lambda _: {"title": "New title"},
    ("PUT", f"{RECORDING}/pieces"): lambda _: {
        "items": [{"source": 0, "at": "2026-12-01T15:30:00Z"}],
    },
    ("PUT", f"{RECORDING}/captions/<language>"): lambda _: {
        "text": "WEBVTT\n\n00:01.000 --> 00:03.000\nWelcome\n",
    },
    ("PATCH", f"{RECORDING}/captions/<language>"): lambda _: {
        "items": [{"order": 0, "text": "Good day"}],
    },
    ("PUT", f"{RECORDING}/chapters"): lambda _: {"items": [{"start": 0, "title": "Beginning"}]},
    ("POST", f"{RECORDING}/chapters/shift"): lambda _: {"seconds": 10},
    ("POST", f"{RECORDING}/uploads"): lambda _: {"length": 10, "file_name": "film.mp4"},
    ("POST", f"{RECORDING}/speakers/answers"): lambda place: {
        "person_id": place.teacher.pk, "title": "No such talk", "agrees": True, **_NOTE,
    },
    ("POST", f"{RECORDING}/asked"): lambda _: _NOTE,
    ("POST", f"{RECORDING}/restore"): lambda _: {**_NOTE, "known": 0},
    ("POST", f"{RECORDING}/cuts"): lambda _: {"items": [{"start": 1, "end": 5}]},
    ("PUT", f"{RECORDING}/kept-until"): lambda _: {"kept_until": "2030-01-01"},
    ("PUT", f"{RECORDING}/counts-until"): lambda _: {"counts_until": "2027-06-30"},
}  # fmt: skip


def published(place: Place) -> dict[str, object]:
    """The recording that is up, with captions in English."""
    return {"recording_id": place.made["recording_id"], "language": "en"}


def waiting(place: Place) -> dict[str, object]:
    """The recording whose file is on its way."""
    return {"recording_id": place.made["empty_id"]}
