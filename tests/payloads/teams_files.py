"""Sectioned Teams reports: whole ones in every language, and damaged ones."""

import re

from tests.payloads.teams_words import TEAMS
from tests.payloads.world import (
    DAY,
    LATE_DAY,
    PEOPLE,
    TITLE,
    at,
    length,
    put,
    table,
    total,
    truth_people,
    twelve,
)


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


def more_columns():
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


def lost_rows():
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


def lost_sections():
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
    skipped = [["4. Aktivnosti"] if row[:1] == only[cut] else row for row in only]
    put("teams_sections_three_missing.csv", table(skipped, "\t"), refused="section_missing")


def american_dates():
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


def oddities():
    twice = [*PEOPLE, ("Ana Kovač", "ana.kovac@skola-jedan.example.org", [(5400, 5460)])]
    people = truth_people()
    put(
        "teams_sections_person_twice.csv",
        table(teams_rows("hr", LATE_DAY, twice), "\t"),
        format="teams_report",
        seconds_of={"Ana Kovač": 5460, "Marin Đurić": people["Marin Đurić"]["seconds"]},
        warnings=[],
    )
    saved = teams_rows("hr", LATE_DAY)
    saved = [[re.sub(r"(\d\d:\d\d):\d\d$", r"\1", str(cell)) for cell in row] for row in saved]
    put(
        "teams_sections_seconds_lost.csv",
        table(saved, ";"),
        format="teams_report",
        seconds_of={"Ana Kovač": 5400},
        warnings=[],
    )


def american(people, day=LATE_DAY, pattern=None):
    stamp = (lambda m: m.strftime(pattern)) if pattern else twelve("/", "AM", "PM", first="month")
    saved = TEAMS["de"]
    TEAMS["us"] = (*saved[:6], stamp, length(("h", "m", "s")), saved[-1])
    rows = teams_rows("us", day, people)
    del TEAMS["us"]
    return rows
