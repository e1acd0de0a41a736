"""Writes the attendance files beside this module and `truths.json`.

It shares no code with the parsers: dates and lengths are formatted here from the same invented
stays that the truths are counted from. Run `python -m tests.payloads.generate`; the same version
writes the same bytes.
"""

import json

from tests.payloads import other_files, teams_files, teams_older, zoom_files
from tests.payloads.world import FILES, FOLDER, TRUTHS

WRITERS = (
    teams_files.teams,
    teams_files.more_columns,
    teams_files.lost_rows,
    teams_files.lost_sections,
    teams_files.american_dates,
    teams_files.oddities,
    teams_older.teams_first_form,
    teams_older.teams_lists,
    teams_older.joined_twice,
    zoom_files.zoom,
    zoom_files.zoom_webinar,
    other_files.meet,
    other_files.webex,
    other_files.bbb,
    other_files.strangers,
)


def everything():
    """All files and truths by name."""
    for write in WRITERS:
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
