"""The first form of the Teams report and the list of joins and leaves."""

from tests.payloads.world import (
    LATE_DAY,
    PEOPLE,
    TITLE,
    at,
    dmy,
    length,
    put,
    short,
    table,
    truth_people,
)


def teams_first_form():
    stamp = dmy("%d/%m/%Y %H.%M.%S")
    rows = [
        ["Ringkasan Rapat"],
        ["Jumlah Peserta", len(PEOPLE)],
        ["Judul", TITLE],
        ["Mulai", stamp(at(0, LATE_DAY))],
        ["Selesai", stamp(at(5400, LATE_DAY))],
        [],
        ["Nama", "Join Time", "Leave Time", "Durasi", "Email", "Peran"],
    ]
    for name, mail, stays in PEOPLE:
        for start, end in stays:
            span = length(("h", "m", "s"))(end - start)
            pair = [stamp(at(start, LATE_DAY)), stamp(at(end, LATE_DAY))]
            rows.append([name, *pair, span, mail, "Peserta"])
    put(
        "teams_first_form_id_semicolon.csv",
        table(rows, ";"),
        newline="\r\n",
        format="teams_report",
        title=TITLE,
        people=truth_people(),
        warnings=[],
    )


LIST_WORDS = {
    "hr": ("Puno ime", "Radnja korisnika", "Vremenska oznaka", "Pridružio se", "Napustio"),
    "sq": ("Emri i plotë", "Veprimi", "Koha", "U bashkua", "U largua"),
    "xx": ("Nom", "Akto", "Tempo", "Enir", "Elir"),
}


def teams_lists():
    for language, (name, action, time, joined, left) in LIST_WORDS.items():
        stamp = short(". ", ".", " ", "%Y") if language == "hr" else dmy("%d.%m.%Y, %H:%M:%S")
        events = []
        for person, _, stays in PEOPLE:
            for start, end in stays:
                events += [(start, person, joined), (end, person, left)]
        if language == "sq":
            events.sort(key=lambda one: one[0])
        rows = [[name, action, time]] if language != "xx" else []
        rows += [[person, word, stamp(at(when))] for when, person, word in events]
        put(
            f"teams_list_{language}.csv",
            "\ufeff" + table(rows, "\t"),
            encoding="utf-16-le",
            newline="\r\n",
            format="teams_list",
            people=truth_people(address=False),
            warnings=[],
        )
    rows = [["Full Name", "User Action", "Timestamp"]]
    rows += [["Ana", "Joined", "11/24/2026, 4:00:00 PM"], ["Ana", "Left", "11/24/2026, 4:10:00 PM"]]
    rows += [["Ben", "Joined", "11/24/2026, 4:01:00 PM"]]
    put(
        "teams_list_never_left.csv",
        table(rows, "\t"),
        format="teams_list",
        people={
            "Ana": {"seconds": 600, "stays": 1, "email": None},
            "Ben": {"seconds": 0, "stays": 1, "email": None},
        },
        warnings=["end_unknown"],
    )
    rows += [["Ben", "Wandered off", "11/24/2026, 4:05:00 PM"]]
    put("teams_list_unknown_action.csv", table(rows, "\t"), refused="action_unknown")


def joined_twice():
    rows = [["Full Name", "User Action", "Timestamp"]]
    for action, minute in (("Joined", 0), ("Joined", 5), ("Left", 20)):
        rows.append(["Ana", action, f"11/24/2026, 4:{minute:02}:00 PM"])
    put(
        "teams_list_joined_twice.csv",
        table(rows, "\t"),
        format="teams_list",
        people={"Ana": {"seconds": 1200, "stays": 2, "email": None}},
        warnings=["joined_twice"],
    )
