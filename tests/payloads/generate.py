"""Writes the attendance files beside this module and `truths.json`.

It shares no code with the parsers: dates and lengths are formatted here from the same invented
stays that the truths are counted from. Run `python -m tests.payloads.generate`; the same version
writes the same bytes.
"""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "reports"
DAY = datetime(2026, 11, 9, 16, 0, tzinfo=UTC)
LATE_DAY = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)

# Written as wall clock: the zone only keeps the arithmetic plain.
# (name, address, stays as seconds after the start of the meeting)
PEOPLE = [
    ("Ana Kovač", "ana.kovac@skola-jedan.example.org", [(0, 5400)]),
    ("Marin Đurić", "marin.duric@skola-dva.example.org", [(125, 2411), (2700, 5390)]),
    ("Horvat, Ivana (External)", "ivana@outside.test", [(61, 3662)]),
    ("Елена Ѓорѓевска", "elena@uciliste.test", [(300, 307)]),
    ("Arbën Hoxha", "arben.hoxha@shkolla.test", [(600, 4205)]),
    ("Kovács Éva", "eva@iskola.test", [(3, 603), (660, 1260), (1320, 5000)]),
]
TITLE = "Šutnja u učionici; 2. dio"
FILES = {}
TRUTHS = {}


def put(name, content, *, encoding="utf-8", newline="\n", **truth):
    data = (
        content if isinstance(content, bytes) else content.replace("\n", newline).encode(encoding)
    )
    FILES[name] = data
    TRUTHS[name] = {"encoding": encoding, **truth}


def total(stays):
    moments = sorted(stays)
    covered, reached = 0, None
    for start, end in moments:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            covered, reached = covered + end - begin, end
    return covered


def truth_people(people=PEOPLE, *, address=True):
    return {
        name: {"seconds": total(stays), "stays": len(stays), "email": mail if address else None}
        for name, mail, stays in people
    }


def at(seconds, day=DAY):
    return day + timedelta(seconds=seconds)


def parts(seconds):
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def length(units):
    """Zero parts are left out, as Teams does."""

    def write(seconds):
        pieces = [f"{n}{u}" for n, u in zip(parts(seconds), units, strict=True) if n]
        return " ".join(pieces) or f"0{units[2]}"

    return write


def table(rows, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def dmy(pattern):
    return lambda moment: moment.strftime(pattern)


def short(separator, tail="", comma=", ", year="%y"):
    """Day and month without padding."""

    def write(moment):
        date = f"{moment.day}{separator}{moment.month}{separator}"
        return date + moment.strftime(f"{year}{tail}{comma}%H:%M:%S")

    return write


def twelve(separator, before, after, *, first="day", space=" "):
    def write(moment):
        pair = (moment.day, moment.month) if first == "day" else (moment.month, moment.day)
        hour = moment.hour % 12 or 12
        mark = before if moment.hour < 12 else after
        date = f"{pair[0]}{separator}{pair[1]}{separator}{moment:%y}"
        return f"{date}, {hour}:{moment:%M:%S}{space}{mark}"

    return write


# language: (summary labels, section titles, people headings, stay headings, roles, date, length)
TEAMS = {
    "hr": (
        ["1. Sažetak", "Naslov sastanka", "Sudionici", "Vrijeme početka", "Vrijeme završetka"],
        ["Trajanje sastanka", "Prosječno vrijeme"],
        ["2. Sudionici", "Ime", "Prvo pridruživanje", "Zadnji izlazak", "Trajanje na sastanku"],
        ["E-pošta", "ID sudionika (UPN)", "Uloga"],
        [
            "3. Aktivnosti na sastanku",
            "Ime",
            "Vrijeme pridruživanja",
            "Vrijeme izlaska",
            "Trajanje",
        ],
        "Organizator",
        short(". ", ".", " ", "%Y"),
        length((" h", " min", " s")),
        ("utf-16-le", "\r\n", "\t", True),
    ),
    "sq": (
        [
            "1. Përmbledhje",
            "Titulli i takimit",
            "Pjesëmarrës",
            "Koha e fillimit",
            "Koha e mbarimit",
        ],
        ["Kohëzgjatja e takimit", "Koha mesatare"],
        ["2. Pjesëmarrësit", "Emri", "Hyrja e parë", "Dalja e fundit", "Kohëzgjatja në takim"],
        ["Emaili", "ID-ja e pjesëmarrësit (UPN)", "Roli"],
        ["3. Aktivitetet", "Emri", "Koha e hyrjes", "Koha e daljes", "Kohëzgjatja"],
        "Organizues",
        twelve(".", "e paradites", "e pasdites", space="\u202f"),
        length((" orë", " min", " sek")),
        ("utf-16-le", "\r\n", "\t", True),
    ),
    "hu": (
        [
            "1. Összegzés",
            "Értekezlet címe",
            "Résztvevők",
            "Kezdés időpontja",
            "Befejezés időpontja",
        ],
        ["Értekezlet időtartama", "Átlagos idő"],
        ["2. Résztvevők", "Név", "Első csatlakozás", "Utolsó kilépés", "Időtartam"],
        ["E-mail", "Résztvevő azonosítója (UPN)", "Szerepkör"],
        ["3. Tevékenységek", "Név", "Csatlakozás", "Kilépés", "Időtartam"],
        "Szervező",
        dmy("%Y. %m. %d. %H:%M:%S"),
        length((" ó", " p", " mp")),
        ("utf-16-le", "\r\n", "\t", True),
    ),
    "mk": (
        ["1. Резиме", "Наслов на состанокот", "Учесници", "Почеток", "Крај"],
        ["Времетраење", "Просечно време"],
        ["2. Учесници", "Име", "Прво приклучување", "Последно напуштање", "Времетраење"],
        ["Е-пошта", "ИД на учесник (UPN)", "Улога"],
        ["3. Активности", "Име", "Приклучување", "Напуштање", "Времетраење"],
        "Организатор",
        short("."),
        length((" ч.", " мин.", " сек.")),
        ("utf-16-be", "\n", "\t", True),
    ),
    "sr": (
        ["1. Резиме", "Наслов састанка", "Учесници", "Време почетка", "Време завршетка"],
        ["Трајање састанка", "Просечно време"],
        ["2. Учесници", "Име", "Прво придруживање", "Последњи излазак", "Трајање"],
        ["Имејл", "ИД учесника (UPN)", "Улога"],
        ["3. Активности", "Име", "Време придруживања", "Време изласка", "Трајање"],
        "Организатор",
        short(".", ".", " "),
        length((" ч", " мин", " сек")),
        ("utf-8", "\r\n", "\t", True),
    ),
    "de": (
        ["1. Zusammenfassung", "Besprechungstitel", "Teilnehmer", "Startzeit", "Endzeit"],
        ["Besprechungsdauer", "Durchschnittliche Zeit"],
        ["2. Teilnehmer", "Name", "Erster Beitritt", "Letztes Verlassen", "Dauer"],
        ["E-Mail", "Teilnehmer-ID (UPN)", "Rolle"],
        ["3. Aktivitäten in der Besprechung", "Name", "Beitrittszeit", "Verlassenszeit", "Dauer"],
        "Organisator",
        dmy("%d.%m.%y, %H:%M:%S"),
        length((" Std.", " Min.", " Sek.")),
        ("utf-8", "\n", ";", False),
    ),
    "cs": (
        ["1. Souhrn", "Název schůzky", "Účastníci", "Čas zahájení", "Čas ukončení"],
        ["Doba trvání schůzky", "Průměrná doba"],
        ["2. Účastníci", "Jméno", "První připojení", "Poslední odchod", "Doba trvání"],
        ["E-mail", "ID účastníka (UPN)", "Role"],
        ["3. Aktivity na schůzce", "Jméno", "Čas připojení", "Čas odchodu", "Doba trvání"],
        "Organizátor",
        short(". ", "", " ", "%Y"),
        length((" hod.", " min", " s")),
        ("utf-16-le", "\n", "\t", False),
    ),
    "nl": (
        ["1. Samenvatting", "Titel van vergadering", "Deelnemers", "Begintijd", "Eindtijd"],
        ["Duur van vergadering", "Gemiddelde tijd"],
        ["2. Deelnemers", "Naam", "Eerste deelname", "Laatste vertrek", "Duur"],
        ["E-mail", "Deelnemer-id (UPN)", "Rol"],
        ["3. Activiteiten", "Naam", "Tijd van deelname", "Tijd van vertrek", "Duur"],
        "Organisator",
        dmy("%d-%m-%Y %H:%M:%S"),
        length(("u", "m", "s")),
        ("utf-8", "\n", ",", True),
    ),
    "el": (
        ["1. Σύνοψη", "Τίτλος σύσκεψης", "Συμμετέχοντες", "Ώρα έναρξης", "Ώρα λήξης"],
        ["Διάρκεια σύσκεψης", "Μέσος χρόνος"],
        ["2. Συμμετέχοντες", "Όνομα", "Πρώτη συμμετοχή", "Τελευταία αποχώρηση", "Διάρκεια"],
        ["Ηλεκτρονικό ταχυδρομείο", "Αναγνωριστικό (UPN)", "Ρόλος"],
        ["3. Δραστηριότητες", "Όνομα", "Ώρα συμμετοχής", "Ώρα αποχώρησης", "Διάρκεια"],
        "Διοργανωτής",
        twelve("/", "π.μ.", "μ.μ."),
        length((" ώ", " λ", " δ")),
        ("utf-16-le", "\r\n", "\t", True),
    ),
    "tr": (
        ["1. Özet", "Toplantı başlığı", "Katılımcılar", "Başlangıç", "Bitiş"],
        ["Toplantı süresi", "Ortalama süre"],
        ["2. Katılımcılar", "Ad", "İlk katılma", "Son ayrılma", "Süre"],
        ["E-posta", "Katılımcı kimliği (UPN)", "Rol"],
        ["3. Etkinlikler", "Ad", "Katılma", "Ayrılma", "Süre"],
        "Düzenleyen",
        dmy("%d.%m.%Y %H:%M:%S"),
        length((" sa", " dk", " sn")),
        ("utf-16-le", "\r\n", "\t", True),
    ),
    "xx": (
        ["1. Qoro", "Vel", "Nim", "Tas", "Tef"],
        ["Dur", "Mid"],
        ["2. Nimor", "Nom", "Tas un", "Tef ultu", "Dur"],
        ["Posto", "Ido", "Rolu"],
        ["3. Faro", "Nom", "Tas", "Tef", "Dur"],
        "Orgu",
        dmy("%Y-%m-%d %H:%M:%S"),
        length((" qq", " ww", " vv")),
        ("utf-8", "\n", "\t", False),
    ),
}


def teams_rows(language, day=DAY, people=PEOPLE, *, upn=True):
    summary, lengths, people_labels, tail, stay_labels, role, stamp, span, _ = TEAMS[language]
    end = max(end for _, _, stays in people for _, end in stays)
    sums = [total(stays) for _, _, stays in people]
    tail = tail if upn else [tail[0], tail[2]]
    rows = [
        [summary[0]],
        [summary[1], TITLE],
        [summary[2], len(people)],
        [summary[3], stamp(at(0, day))],
        [summary[4], stamp(at(end, day))],
        [lengths[0], span(end)],
        [lengths[1], span(sum(sums) // len(sums))],
        [],
        [people_labels[0]],
        [*people_labels[1:], *tail],
    ]
    for name, mail, stays in people:
        times = [stamp(at(stays[0][0], day)), stamp(at(stays[-1][1], day))]
        marks = [mail, mail, role] if upn else [mail, role]
        rows.append([name, *times, span(total(stays)), *marks])
    rows += [[], [stay_labels[0]], [*stay_labels[1:], tail[0], tail[-1]]]
    for name, mail, stays in people:
        for start, stop in stays:
            pair = [stamp(at(start, day)), stamp(at(stop, day))]
            rows.append([name, *pair, span(stop - start), mail, role])
    return rows


def teams():
    for language, spec in TEAMS.items():
        encoding, newline, separator, mark = spec[-1]
        text = table(teams_rows(language, LATE_DAY), separator)
        put(
            f"teams_sections_{language}.csv",
            ("\ufeff" if mark else "") + text,
            encoding=encoding,
            newline=newline,
            format="teams_report",
            title=TITLE,
            people=truth_people(),
            started="2026-11-24T16:00:00",
            ended="2026-11-24T17:30:00",
            warnings=[],
        )
    engaged = teams_rows("hr", LATE_DAY)
    engaged = [[*row, *(["1", "", "3"] if len(row) == 7 else [])] for row in engaged]
    engaged += [[], ["4. Uključenost"], ["Ime", "Vrsta", "Vrijeme", "Opis"]]
    engaged += [["Ana Kovač", "reakcija", "24. 11. 2026. 16:10:00", "x"]]
    put(
        "teams_sections_hr_engagement.csv",
        "\ufeff" + table(engaged, "\t"),
        encoding="utf-16-le",
        format="teams_report",
        title=TITLE,
        people=truth_people(),
        warnings=[],
    )
    put(
        "teams_sections_de_without_upn.csv",
        table(teams_rows("de", upn=False), "\t"),
        format="teams_report",
        people=truth_people(),
        warnings=[],
    )
    lost = teams_rows("hr", LATE_DAY)[:-1]
    put(
        "teams_sections_last_row_missing.csv",
        table(lost, "\t"),
        format="teams_report",
        warnings=["stated_duration_differs"],
    )
    fewer = teams_rows("hr", LATE_DAY)
    fewer = [row for row in fewer if not (row and str(row[0]).startswith("Arbën"))]
    put(
        "teams_sections_person_missing.csv",
        table(fewer, "\t"),
        format="teams_report",
        warnings=["average_differs", "count_differs"],
    )
    only = teams_rows("hr", LATE_DAY)
    cut = next(i for i, row in enumerate(only) if row and str(row[0]).startswith("3."))
    put(
        "teams_sections_without_stays.csv",
        table(only[:cut], "\t"),
        format="teams_report",
        warnings=["intervals_missing", "intervals_missing"],
    )
    swapped = [row for row in only if not (row and str(row[0]).startswith("2."))]
    put("teams_sections_gap_in_numbers.csv", table(swapped, "\t"), refused="section_missing")
    half = table(only, "\t")
    put(
        "teams_sections_cut_in_a_row.csv",
        half[: half.rindex("17:23:20") + 4],
        refused="date_unreadable",
    )
    put(
        "teams_sections_american_am_pm.csv",
        table(american(PEOPLE), "\t"),
        format="teams_report",
        people=truth_people(),
        started="2026-11-24T16:00:00",
        warnings=[],
    )
    put(
        "teams_sections_ambiguous_padded.csv",
        table(american(PEOPLE, DAY, "%m/%d/%Y, %I:%M:%S %p"), "\t"),
        needs="date_order",
    )
    put(
        "teams_sections_ambiguous_known_day.csv",
        table(american(PEOPLE, DAY, "%m/%d/%Y, %I:%M:%S %p"), "\t"),
        hint="2026-11-09",
        format="teams_report",
        people=truth_people(),
        started="2026-11-09T16:00:00",
        warnings=[],
    )


def american(people, day=LATE_DAY, pattern=None):
    stamp = (lambda m: m.strftime(pattern)) if pattern else twelve("/", "AM", "PM", first="month")
    saved = TEAMS["de"]
    TEAMS["us"] = (*saved[:6], stamp, length(("h", "m", "s")), saved[-1])
    rows = teams_rows("us", day, people)
    del TEAMS["us"]
    return rows


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


def minutes_up(seconds):
    return -(-seconds // 60)


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


def everything():
    """All files and truths by name."""
    for write in (
        teams,
        teams_first_form,
        teams_lists,
        zoom,
        zoom_webinar,
        meet,
        webex,
        bbb,
        strangers,
    ):
        write()
    return dict(FILES), dict(TRUTHS)


def main():
    FOLDER.mkdir(exist_ok=True)
    files, truths = everything()
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
    text = json.dumps(truths, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / "truths.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
