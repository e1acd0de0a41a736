"""Google Meet, Webex, BigBlueButton, and files that are no attendance report."""

import json
from datetime import UTC, datetime, timedelta

from tests.payloads.world import (
    LATE_DAY,
    PEOPLE,
    TITLE,
    at,
    minutes_up,
    parts,
    put,
    table,
    truth_people,
)


def meet():
    def hours(seconds):
        hour, minute, _ = parts(seconds + 30)
        return f"{hour} hr {minute} min" if hour else f"{minute} min"

    people = [
        ("Ana", "Kovač", "ana@x.example.org", 0, 5400),
        ("Marin", "Đurić", "marin@x.example.org", 120, 3600),
        ("Gost", "", "", 600, 900),
    ]
    truth = {
        f"{one[0]} {one[1]}".strip(): {
            "seconds": one[4] - one[3],
            "stays": 1,
            "email": one[2] or None,
        }
        for one in people
    }
    heading = ["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"]
    rows = [heading]
    for given, family, mail, start, end in people:
        times = [f"{at(second):%I:%M %p}".lstrip("0") for second in (start, end)]
        rows.append([given, family, mail, hours(end - start), *times])
    put("meet_times_without_day.csv", table(rows), needs="meeting_date")
    put(
        "meet_times_with_known_day.csv",
        table(rows),
        hint="2026-11-09",
        format="meet",
        people=truth,
        first_day="2026-11-09",
        warnings=[],
    )
    local = [["Vorname", "Nachname", "E-Mail", "Dauer", "Beitritt", "Verlassen"]]
    for given, family, mail, start, end in people:
        times = [at(second, LATE_DAY).strftime("%d.%m.%Y %H:%M:%S") for second in (start, end)]
        local.append([given, family, mail, f"{(end - start) // 60} Min.", *times])
    put(
        "meet_german.csv",
        table(local, ";"),
        format="meet",
        people=truth,
        first_day="2026-11-24",
        warnings=[],
    )


def webex():
    def formula(moment):
        return f'="{moment:%Y-%m-%d %H:%M:%S}"'

    heading = "Nome da reunião,Data de início da reunião,Data de término da reunião,"
    heading += "Nome de exibição,E-mail do participante,Hora de entrada,Hora de saída,Duração,Tipo"
    window = [formula(at(0)), formula(at(5400))]
    rows = [heading.split(",")]
    for name, mail, stays in PEOPLE:
        for start, end in stays:
            span = f"{minutes_up(end - start)} mins"
            rows.append(
                [TITLE, *window, name, mail, formula(at(start)), formula(at(end)), span, "App"]
            )
    put(
        "webex_meeting_pt.csv",
        "\ufeff" + table(rows, "\t"),
        encoding="utf-16-le",
        newline="\r\n",
        format="webex",
        title=TITLE,
        people=truth_people(),
        started="2026-11-09T16:00:00",
        ended="2026-11-09T17:30:00",
        warnings=[],
    )


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_ms(moment):
    """November in the zone of the tests is one hour ahead of UTC."""
    return int((moment - timedelta(hours=1) - EPOCH).total_seconds() * 1000)


def bbb():
    users = {}
    for number, (name, _, stays) in enumerate(PEOPLE):
        sessions = [
            {"registeredOn": utc_ms(at(start)), "leftOn": utc_ms(at(end))} for start, end in stays
        ]
        if number == 1:
            sessions[-1]["leftOn"] = 0
        inside = {f"w_{number}": {"intId": f"w_{number}", "sessions": sessions}}
        users[f"key-{number}"] = {
            "userKey": f"key-{number}",
            "extId": f"person-{number}",
            "intIds": inside,
            "name": name,
            "isModerator": number == 0,
        }
    board = {"name": TITLE, "users": users, "createdOn": utc_ms(at(0)), "endedOn": utc_ms(at(5390))}
    truth = truth_people(address=False)
    put(
        "bbb_dashboard_sessions.json",
        json.dumps(board, ensure_ascii=False),
        format="bbb_dashboard",
        title=TITLE,
        people=truth,
        warnings=["end_unknown"],
    )
    put("bbb_events_with_leaving.xml", bbb_events(), format="bbb_events", people=truth, warnings=[])
    attack = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><recording>&a;</recording>'
    put("bbb_events_entities.xml", attack, refused="xml_unreadable")


def bbb_events():
    lines = []
    for number, (name, _, stays) in enumerate(PEOPLE):
        for turn, (start, end) in enumerate(stays):
            user = f"w_{number}_{turn}"
            join = f"<userId>{user}</userId><externalUserId>person-{number}</externalUserId>"
            join += f"<name>{name}</name><role>VIEWER</role>"
            lines.append((start, "PARTICIPANT", "ParticipantJoinEvent", join))
            lines.append(
                (start + 1, "VOICE", "ParticipantLeftEvent", f"<participant>{user}</participant>")
            )
            if number:
                lines.append(
                    (end, "PARTICIPANT", "ParticipantLeftEvent", f"<userId>{user}</userId>")
                )
    lines.append((5400, "PARTICIPANT", "EndAndKickAllEvent", ""))
    lines.append((5500, "CHAT", "PublicChatEvent", "<message>x</message>"))
    text = '<recording meeting_id="abc-1"><meeting id="abc-1" name="Soba"/>\n'
    for when, module, kind, inner in sorted(lines):
        clock = f"<timestampUTC>{utc_ms(at(when))}</timestampUTC>"
        text += f'<event timestamp="{5000 + when * 1000}" module="{module}" eventname="{kind}">'
        text += f"{clock}{inner}</event>\n"
    return text + "</recording>\n"


def strangers():
    put("refused_empty.csv", "", refused="file_empty")
    put("refused_roster.csv", "name,email\nAna,ana@x.example.org\n", refused="format_unknown")
    put(
        "refused_latin.csv",
        "Ime;Vrijeme\nŽeljka;1.1.2026 10:00:00\n",
        encoding="cp1250",
        refused="encoding_unknown",
    )
    put("refused_text.txt", "Dear colleagues,\nnothing to see here.\n", refused="format_unknown")
    put("refused_json.json", '{"a": 1}', refused="format_unknown")
    grid = "Name,09.11.2026 16:00:00,09.11.2026 16:05:00\nAna,x,x\nBen,,x\n"
    put("refused_meet_grid.csv", grid, refused="header_missing")
