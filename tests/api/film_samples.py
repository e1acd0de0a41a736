"""Samples of the operations on recordings."""

from tests.api.sample import Sample


def of(recording: str = "film", **more: str) -> dict[str, str]:
    return {"recording_id": recording, **more}


NOTE = {"note": "Asked by mail."}
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\nDobrodošli\n"
FILM_SAMPLES: dict[str, Sample] = {
    "list_recordings": Sample(),
    "begin_recording": Sample(
        body={
            "part_id": "@held_part",
            "title": "Elsewhere",
            "language": "hr",
            "link": "https://video.example.org/1",
        }
    ),
    "get_recording": Sample(of()),
    "change_recording": Sample(of(), {"title": "Newer", "visibility": "network"}, match=True),
    "remove_recording": Sample(of(), match=True),
    "place_recording": Sample(
        of(), {"items": [{"source": 0, "at": "2026-11-05T15:01:00Z"}]}, match=True
    ),
    "publish_recording": Sample(of("fresh_film")),
    "unpublish_recording": Sample(of()),
    "withdraw_recording": Sample(of()),
    "search_recordings": Sample(),
    "list_cues": Sample(of(language="=en")),
    "get_captions_file": Sample(of(language="=en")),
    "put_captions": Sample(of(language="=hr"), {"text": VTT, "file_name": "talks.vtt"}),
    "mend_captions": Sample(of(language="=en"), {"items": [{"order": 0, "text": "Good day"}]}),
    "remove_captions": Sample(of(language="=en")),
    "list_chapters": Sample(of()),
    "set_chapters": Sample(
        of(), {"items": [{"start": 0, "title": "Hello"}, {"start": 61.5, "title": "Steps"}]},
        match=True,
    ),
    "take_chapters_over": Sample(of("talks_film")),
    "shift_recording": Sample(of(), {"seconds": 10}),
    "place_as_planned": Sample(of()),
    "list_uploads": Sample(of("empty_film")),
    "begin_upload": Sample(of("empty_film"), {"length": 1000, "file_name": "talks.mp4"}),
    "get_upload": Sample(of("empty_film", upload_id="upload")),
    "give_upload_up": Sample(of("empty_film", upload_id="upload")),
    "get_making": Sample(of()),
    "make_sizes": Sample(of()),
    "stop_making": Sample(of()),
    "list_speakers": Sample(of("talks_film")),
    "ask_speakers": Sample(of("talks_film")),
    "note_speaker_answer": Sample(
        of("talks_film"), {"person_id": "@teacher", "title": "Small steps", "agrees": True, **NOTE}
    ),
    "say_everybody_was_asked": Sample(of(), NOTE),
    "cut_recording": Sample(of(), {"items": [{"start": 10, "end": 20.25}]}),
    "restore_recording": Sample(of("withdrawn_film"), {**NOTE, "known": 0}),
    "keep_recording": Sample(of(), {"kept_until": "2027-06-30"}),
    "set_credit_deadline": Sample(of(), {"counts_until": "2027-06-30"}),
    "say_parents_agreed": Sample(of()),
    "get_watch_credit": Sample(of()),
    "list_held_recordings": Sample({"event_id": "held"}),
    "fetch_held_recording": Sample({"event_id": "held", "held_id": "held_film"}),
}  # fmt: skip
