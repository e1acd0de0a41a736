"""One call of each operation that must succeed in the network of `filled`: who, where, with what."""

from collections.abc import Callable

from tests.api.film_samples import FILM_SAMPLES
from tests.api.sample import Ids, Sample

ROSTER = {"kind": "people", "country": "HR", "text": "Name;E-mail\nMaja Kos;maja@example.org"}
PLACE = {"name": "Library", "room": "2", "address": "Street 1", "access": "Step-free"}


def _seen(ids: Ids, ask: Callable[..., object]) -> object:
    body = {**ROSTER, "school_id": ids["school"]}
    return {**body, "staff": True, "seen": ask("/rosters/preview", {**body, "staff": True})["seen"]}


def on(event: str, **more: str) -> dict[str, str]:
    return {"event_id": event, **more}


WHY = {"reason": "name_corrected", "note": "Married."}
SAMPLES: dict[str, Sample] = {
    # events
    "list_events": Sample(),
    "get_event": Sample(on("coming")),
    "publish_event": Sample(on("draft")),
    "unpublish_event": Sample(on("fresh")),
    "cancel_event": Sample(on("coming"), {"reason": "Snow."}),
    "close_event": Sample(on("held")),
    "get_running_order": Sample(on("coming", part_id="coming_part")),
    "set_running_order": Sample(
        on("coming", part_id="coming_part"),
        {"items": [{"form": "talk", "minutes": 7, "title": "A", "presenter_id": "@teacher"}]},
        match=True,
    ),
    "list_scopes": Sample(),
    "list_venues": Sample(),
    "plan_event": Sample(
        body={
            "kind": "teachmeet",
            "title": "New",
            "starts": "2026-12-03T16:30",
            "cluster_id": "@cluster",
            "place": PLACE,
            "places": {"room": 20},
            "host_school_id": "@school",
            "zone": "Europe/Zagreb",
        }
    ),
    "change_event": Sample(
        on("coming"), {"title": "Newer", "starts": "2026-12-04T09:00"}, match=True
    ),
    "add_part": Sample(
        on("draft"),
        {
            "starts": "2026-11-28T10:00",
            "minutes": 60,
            "mode": "online",
            "join_url": "https://meet.example.org/x",
        },
    ),
    "change_part": Sample(
        on("days", part_id="extra_part"),
        {"starts": "2026-11-28T10:00", "minutes": 60, "mode": "room", "place": PLACE},
        match=True,
    ),
    "cancel_part": Sample(on("days", part_id="extra_part"), {}),
    "list_kinds": Sample(),
    "plan_series": Sample(
        body={
            "kind": "webinar",
            "title": "Tuesdays",
            "starts": "2026-12-01T16:30",
            "minutes": 60,
            "cluster_id": "@cluster",
            "repeat": {"every": "weekly", "number": 4},
            "leave_out": ["2026-12-08T16:30"],
        }
    ),
    "get_series": Sample({"series_id": "series"}),
    "list_series_dates": Sample({"series_id": "series"}),
    "publish_series": Sample({"series_id": "series"}),
    "unpublish_series": Sample({"series_id": "fresh_series"}),
    "change_dates": Sample(on("date"), {"title": "Other Tuesdays", "scope": "all"}, match=True),
    "cancel_dates": Sample(on("date"), {"scope": "following"}),
    "list_families": Sample(),
    "found_family": Sample(
        body={"kind": "course", "title": "Course", "language": "hr", "cluster_id": "@cluster"}
    ),
    "get_family": Sample({"family_id": "family"}),
    "list_family_events": Sample({"family_id": "family"}),
    "join_family": Sample(on("coming", family_id="family")),
    "leave_family": Sample(on("draft", family_id="family")),
    "list_visiting_schools": Sample(on("coming")),
    "set_visiting_schools": Sample(on("coming"), {"items": [{"school_id": "@spare", "places": 3}]}),
    "get_checklist": Sample(on("coming")),
    "save_checklist": Sample(
        on("coming"),
        {"items": [{"code": "room", "done": True, "note": "Hall", "due_on": "2026-11-20"}]},
    ),
    # registrations
    "get_places": Sample(on("coming")),
    "set_places": Sample(on("coming"), {"room": 30, "online": None}),
    "list_my_registrations": Sample(),
    "get_my_registration": Sample(on("coming")),
    "register_me": Sample(on("fresh"), {"way": "online"}),
    "cancel_mine": Sample(on("coming")),
    "decline_invitation": Sample(on("coming")),
    "list_recording_only": Sample(on("fresh")),
    "ask_for_recording": Sample(on("coming")),
    "forgo_recording": Sample(on("fresh")),
    "list_registrations": Sample(on("coming")),
    "register_person": Sample(on("coming"), {"person_id": "@other", "way": "room"}),
    "cancel_registration": Sample(on("coming", person_id="teacher")),
    "preview_colleagues": Sample(
        on("coming"), {"school_id": "@school", "names": "Ana Novak\nIvo Lis"}
    ),
    "register_colleagues": Sample(
        on("coming"), {"school_id": "@school", "names": "Ana Novak\nIvo Lis", "way": "room"}
    ),
    "register_me_for_dates": Sample(
        {"series_id": "fresh_series"}, {"event_ids": ["@fresh_date"], "way": "online"}
    ),
    # people
    "get_me": Sample(),
    "change_me": Sample(body={"name": "Ana Horvat", "zone": "Europe/Zagreb"}, match=True),
    "renew_feed": Sample(),
    "revoke_feed": Sample(),
    "list_people": Sample(),
    "add_person": Sample(
        body={
            "name": "Maja Kos",
            "email": "maja@example.org",
            "language": "hr",
            "school_id": "@school",
        }
    ),
    "get_person": Sample({"handle": "handle"}),
    "join_school": Sample(
        {"handle": "handle"}, {"school_id": "@second_school", "starts_on": "2026-11-14"}
    ),
    "leave_school": Sample(
        {"handle": "handle"}, {"school_id": "@school", "ended_on": "2026-11-14"}
    ),
    "move_person": Sample(
        {"handle": "handle"}, {"from_id": "@school", "to_id": "@second_school", "on": "2026-11-14"}
    ),
    "list_role_offers": Sample({"handle": "handle"}),
    "give_role": Sample(
        {"handle": "handle"},
        lambda ids, ask: {"key": f"school_coordinator:school:{ids['school']}"},
    ),
    "end_role": Sample({"handle": "keeper", "role_id": "role"}),
    "hand_over_role": Sample({"handle": "keeper", "role_id": "role"}, {"handle": "@heir"}),
    "send_mail_again": Sample({"handle": "handle", "letter_id": "letter"}, who="administrator"),
    # network
    "list_countries": Sample(),
    "save_country": Sample(
        {"code": "=SI"},
        {"names": {"en": "Slovenia"}, "zone": "Europe/Ljubljana", "language": "sl"},
        who="administrator",
    ),
    "list_programmes": Sample(),
    "save_programme": Sample({"code": "=menti"}, {"name": "Menti"}, who="administrator"),
    "list_terms": Sample({"code": "=HR"}),
    "save_term": Sample(
        {"code": "=HR"}, {"name": "Spring", "starts_on": "2027-01-11", "ends_on": "2027-06-18"}
    ),
    "list_schools": Sample(),
    "add_school": Sample(body={"country": "HR", "name": "New school", "languages": ["hr"]}),
    "get_school": Sample({"school_id": "school"}),
    "close_school": Sample({"school_id": "spare"}),
    "reopen_school": Sample({"school_id": "spare"}),
    "list_school_people": Sample({"school_id": "school"}),
    "list_clusters": Sample(),
    "add_cluster": Sample(body={"country": "HR", "name": "New cluster"}),
    "get_cluster": Sample({"cluster_id": "cluster"}),
    "change_cluster": Sample(
        {"cluster_id": "cluster"},
        {"name": "Other", "mentor_id": "@school", "mentee_ids": ["@second_school"]},
        match=True,
    ),
    "seat_school": Sample(
        {"cluster_id": "cluster", "school_id": "spare"},
        {"part": "mentee", "starts_on": "2026-11-14"},
    ),
    "list_cluster_people": Sample({"cluster_id": "cluster"}),
    "preview_roster": Sample(body={**ROSTER, "school_id": "@school", "staff": True}),
    "take_roster_over": Sample(body=_seen),
    "list_rosters": Sample(),
    "get_roster": Sample({"roster_id": "roster"}),
    "undo_roster": Sample({"roster_id": "roster"}),
    "list_communities": Sample(),
    "join_community": Sample({"code": "=physics"}),
    "leave_community": Sample({"code": "=physics"}),
    # attendance
    "get_board": Sample(on("held")),
    "check_in": Sample(on("held"), {"person_id": "@teacher"}),
    "check_out": Sample(on("held"), {"person_id": "@teacher", "seen_at": "2026-11-12T17:00:00Z"}),
    "undo_check_in": Sample(on("held", person_id="teacher")),
    "attest_list": Sample(on("held"), {"person_ids": ["@teacher"]}),
    "correct_presence": Sample(
        on("held"),
        {
            "person_id": "@teacher",
            "mode": "room",
            "starts_at": "2026-11-12T15:00:00Z",
            "ends_at": "2026-11-12T16:00:00Z",
            "reason": "Paper list.",
        },
    ),
    "drop_corrections": Sample(on("held", person_id="teacher")),
    "decide_borderline": Sample(
        on("held", person_id="borderline"), {"verdict": "credit", "reason": "She was there."}
    ),
    "mark_people": Sample(
        on("held"), {"person_ids": ["@teacher"], "answer": "excused", "reason": "Ill."}
    ),
    "drop_excuse": Sample(on("held", person_id="teacher")),
    "list_unnamed": Sample(on("held")),
    "match_exact_names": Sample(on("held")),
    "match_sighting": Sample(on("held", sighting_id="unnamed"), {"person_id": "@other"}),
    "set_sighting_aside": Sample(on("held", sighting_id="unnamed")),
    "forget_match": Sample(on("held", sighting_id="unnamed")),
    "list_reports": Sample(on("held")),
    "hand_report_in": Sample(on("held"), file="teams_list_sq.csv"),
    "get_report": Sample(on("held", report_id="asking")),
    "get_report_file": Sample(on("held", report_id="report")),
    "answer_report": Sample(
        on("held", report_id="asking"),
        lambda ids, ask: {"question": "date_order", "value": "dmy"},
    ),
    "take_report_over": Sample(on("held", report_id="report")),
    "withdraw_report": Sample(on("held", report_id="report")),
    "walk_in": Sample(on("held"), {"person_id": "@other"}),
    "new_face": Sample(on("held"), {"name": "New Face", "school_id": "@school"}),
    # certificates
    "list_my_certificates": Sample(),
    "list_certificates": Sample(on("closed")),
    "list_held_back": Sample(on("closed")),
    "prepare_certificates": Sample(on("closed")),
    "get_certificate": Sample({"number": "certificate"}),
    "get_certificate_pdf": Sample({"number": "certificate"}),
    "revoke_certificate": Sample({"number": "certificate"}, WHY, who="officer"),
    "reissue_certificate": Sample({"number": "certificate"}, WHY),
    "check_number": Sample({"number": "certificate"}),
    "list_statements": Sample(),
    "make_statement": Sample(body={"first": "2026-09-01", "last": "2026-12-20"}),
    "get_statement": Sample({"number": "statement"}),
    "get_statement_pdf": Sample({"number": "statement"}),
    "list_my_hours": Sample(),
    "list_my_ledger": Sample(),
    "list_schemes": Sample(),
    # exports and long work
    "list_exports": Sample(who="officer"),
    "freeze_term": Sample(body={"term_id": "@term"}, who="officer"),
    "get_export": Sample({"export_id": "batch"}, who="officer"),
    "get_export_file": Sample({"export_id": "batch", "name": "=batch.zip"}, who="officer"),
    "list_connections": Sample(),
    "get_connection": Sample({"connection_id": "connection"}),
    "test_connection": Sample({"connection_id": "connection"}),
    "switch_connection_off": Sample({"connection_id": "connection"}, match=True),
    "clear_connection": Sample({"connection_id": "connection"}, match=True),
    "get_event_calendar": Sample(on("coming")),
    "answer_calendar_question": Sample(
        on("coming", question_id="question"), {"answer": "restore", "seen": "@question_seen"}
    ),
    "leave_event_out": Sample(on("coming")),
    "take_event_in": Sample(on("coming")),
    "ask_for_video_link": Sample(on("coming", part_id="coming_part")),
    "get_job": Sample({"job_id": "job"}),
    "cancel_job": Sample({"job_id": "job"}),
} | FILM_SAMPLES
