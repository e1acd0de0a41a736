"""Zoom: participants, meeting header, unique users, webinar."""

from tests.payloads.world import (
    DAY,
    LATE_DAY,
    PEOPLE,
    TITLE,
    at,
    dmy,
    minutes_up,
    put,
    table,
    total,
    truth_people,
)

ZOOM = {
    "en_uk": (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room",
        dmy("%d/%m/%Y %I:%M:%S %p"),
        ("No", "Yes"),
    ),
    "hr": (
        "Ime (izvorno ime),E-pošta,Ulaz,Izlaz,Trajanje (minute),Gost,U čekaonici",
        dmy("%d.%m.%Y %H:%M:%S"),
        ("Ne", "Da"),
    ),
    "de": (
        "Name (Originalname),E-Mail,Beitrittszeit,Austrittszeit,Dauer (Minuten),Gast,Im Warteraum",
        dmy("%d.%m.%Y %H:%M:%S"),
        ("Nein", "Ja"),
    ),
    "fr": (
        "Nom (nom original),E-mail,Arrivée,Départ,Durée (minutes),Invité,Salle d’attente",
        dmy("%d/%m/%Y %H:%M:%S"),
        ("Non", "Oui"),
    ),
    "month_names": (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room",
        dmy("%b %d, %Y %H:%M:%S"),
        ("No", "Yes"),
    ),
}


def zoom_rows(stamp, answers, day, people=PEOPLE, *, waiting=True):
    rows = []
    for number, (name, mail, stays) in enumerate(people):
        if waiting and number < 2:
            pair = [stamp(at(-120, day)), stamp(at(-10, day))]
            rows.append([name, mail, *pair, 2, answers[0], answers[1]])
        for start, end in stays:
            pair = [stamp(at(start, day)), stamp(at(end, day))]
            rows.append([name, mail, *pair, minutes_up(end - start), answers[0], answers[0]])
    return rows


def zoom():
    for language, (heading, stamp, answers) in ZOOM.items():
        rows = [heading.split(","), *zoom_rows(stamp, answers, LATE_DAY)]
        put(
            f"zoom_participants_{language}.csv",
            "\ufeff" + table(rows),
            newline="\r\n",
            format="zoom_meeting",
            people=truth_people(),
            warnings=[],
        )
    heading, stamp, answers = ZOOM["en_uk"]
    rows = [heading.split(","), *zoom_rows(stamp, answers, DAY)]
    put("zoom_participants_ambiguous.csv", table(rows), needs="date_order")
    for answer, start in (("day_first", "2026-11-09"), ("month_first", "2026-09-11")):
        put(
            f"zoom_participants_ambiguous_{answer}.csv",
            table(rows),
            answer=answer,
            format="zoom_meeting",
            people=truth_people(),
            first_day=start,
            warnings=[],
        )
    strange = [[*heading.split(",")[:-1], "Quux"], *zoom_rows(stamp, answers, LATE_DAY)]
    put("zoom_participants_unknown_column.csv", table(strange), needs="waiting_column")
    short_row = table([heading.split(","), *zoom_rows(stamp, answers, LATE_DAY)])
    short_row = short_row.rstrip("\n").rsplit(",", 6)[0]
    put("zoom_participants_cut_in_a_row.csv", short_row, refused="row_incomplete")
    open_quote = short_row.replace("Marin", '"Marin', 1)
    put("zoom_participants_open_quote.csv", open_quote, refused="quotes_unbalanced")
    zoom_devices(heading, stamp, answers)
    zoom_header(heading, stamp, answers)
    zoom_totals()


def zoom_devices(heading, stamp, answers):
    people = [
        ("Ana Kovač", "ana@x.example.org", [(0, 1000)]),
        ("iPhone (Ana)", "ana@x.example.org", [(500, 2000)]),
        ("Nepoznat", "", [(0, 300), (300, 600)]),
        ("Nepoznat", "", [(100, 700)]),
    ]
    put(
        "zoom_participants_shared_address.csv",
        table([heading.split(","), *zoom_rows(stamp, answers, LATE_DAY, people, waiting=False)]),
        format="zoom_meeting",
        people={
            "Ana Kovač": {"seconds": 1000, "stays": 1, "email": "ana@x.example.org"},
            "iPhone (Ana)": {"seconds": 1500, "stays": 1, "email": "ana@x.example.org"},
            "Nepoznat": {"seconds": 700, "stays": 3, "email": None},
        },
        warnings=["address_shared_at_once", "same_name_at_once"],
    )


def zoom_header(heading, stamp, answers):
    top = "ID sastanka,Tema,Vrijeme početka,Vrijeme završetka,E-pošta,Trajanje (minute),Sudionici"
    day = LATE_DAY
    for count, warnings in ((len(PEOPLE), []), (12, ["count_differs"])):
        values = ["812 3456 7890", "Tema, s zarezom", stamp(at(0, day)), stamp(at(5400, day))]
        values += ["host@x.example.org", 90, count]
        rows = [top.split(","), values, [""] * 7, heading.split(",")]
        rows += zoom_rows(stamp, answers, day)
        put(
            f"zoom_meeting_header_{count}.csv",
            table(rows),
            format="zoom_meeting",
            title="Tema, s zarezom",
            people=truth_people(),
            started="2026-11-24T16:00:00",
            ended="2026-11-24T17:30:00",
            warnings=warnings,
        )

    newer = "Topic,ID,Host name,Host email,Duration (minutes),Start time,End time,Participants"
    for count, warnings in ((len(PEOPLE), []), (5, ["count_differs"])):
        window = [stamp(at(0, day)), stamp(at(5400, day))]
        values = [TITLE, "812 3456 7890", "Domaćin", "host@x.example.org", 90, *window, count]
        rows = [newer.split(","), values, [], heading.split(",")]
        put(
            f"zoom_meeting_header_newer_{count}.csv",
            table([*rows, *zoom_rows(stamp, answers, day)]),
            format="zoom_meeting",
            title=TITLE,
            people=truth_people(),
            started="2026-11-24T16:00:00",
            ended="2026-11-24T17:30:00",
            warnings=warnings,
        )


def zoom_totals():
    rows = [["Name (original name)", "Email", "Total duration (minutes)", "Guest"]]
    rows += [[name, mail, minutes_up(total(stays)), "No"] for name, mail, stays in PEOPLE]
    put(
        "zoom_unique_users.csv",
        table(rows),
        format="zoom_totals",
        people={name: {"seconds": 0, "stays": 0, "email": mail} for name, mail, _ in PEOPLE},
        warnings=["times_missing"],
    )


def zoom_webinar():
    stamp = dmy("%m/%d/%Y %I:%M:%S %p")
    day = LATE_DAY
    heading = "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,"
    heading += "Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country"
    host = "Attended,User Name (Original Name),Email,Join Time,Leave Time,"
    host += "Time in Session (minutes),Is Guest,Country"
    rows = [
        ["Attendee Report", *[""] * 11],
        ["Report Generated:", "12/02/2026 10:00:00 AM"],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered"],
        ["Webinar o čitanju", "899 1111 2222", stamp(at(0, day)), "90", "7"],
        ["Host Details"],
        host.split(","),
        [
            "Yes",
            "Domaćin",
            "host@x.example.org",
            stamp(at(0, day)),
            stamp(at(5400, day)),
            90,
            "No",
            "HR",
        ],
        ["Attendee Details"],
        heading.split(","),
    ]
    for name, mail, stays in PEOPLE:
        for start, end in stays:
            known = ["Yes", name, "Given", "Family", mail, "10/30/2026 08:00:00 AM", "approved"]
            pair = [stamp(at(start, day)), stamp(at(end, day))]
            rows.append([*known, *pair, minutes_up(end - start), "Yes", "HR"])
    absent = ["No", "Odsutna", "Given", "Family", "nema@x.example.org", "10/30/2026 08:00:00 AM"]
    rows.append([*absent, "approved", "--", "--", "--", "--", "--"])
    people = truth_people()
    people["Domaćin"] = {"seconds": 5400, "stays": 1, "email": "host@x.example.org"}
    put(
        "zoom_webinar_registered.csv",
        table(rows),
        format="zoom_webinar",
        title="Webinar o čitanju",
        people=people,
        started="2026-11-24T16:00:00",
        warnings=[],
    )
