"""What only the user can tell about the columns of a table."""

from events.networks.rosters.grid import Table
from events.networks.rosters.mapping import (
    NAME_FIELDS,
    SURE,
    UNKNOWN,
    Guess,
    Kind,
    Question,
    Ratings,
)
from events.networks.rosters.vocabulary import SCHOOLS, fields_named, key_of


def required(guesses: list[Guess], kind: Kind, ratings: Ratings) -> list[Question]:
    """Ask for the column of a required field that none holds."""
    known = {guess.field for guess in guesses}
    if kind == SCHOOLS:
        missing = "" if "name" in known else "name"
    elif "full_name" in known or {"given_name", "family_name"} <= known:
        missing = ""
    else:
        missing = "family_name" if "given_name" in known else "full_name"
        missing = "given_name" if "family_name" in known else missing
    if not missing:
        return []
    likely = sorted((at for (at, name), _ in ratings.items() if name == missing), key=int)
    free = [guess.column for guess in guesses if not guess.field]
    return [Question("which_column", missing, tuple(likely or free))]


def tied(ties: dict[str, tuple[int, ...]], guesses: list[Guess]) -> list[Question]:
    """Ask which of several equally likely columns holds a field."""
    free = {guess.column for guess in guesses if guess.evidence != "user"}
    return [
        Question("which_column", name, columns, blocking=False)
        for name, columns in ties.items()
        if name not in ("name", *NAME_FIELDS, "any_name") and set(columns) <= free
    ]


def doubted(ratings: Ratings, guesses: list[Guess], kind: Kind) -> list[Question]:
    """Columns whose name says one thing and whose values another are asked about, not dropped."""
    known = {guess.field for guess in guesses}
    free = {guess.column: guess.header for guess in guesses if guess.evidence == "none"}
    return [
        Question("which_column", name, (at,), {"column": free[at]}, blocking=False)
        for (at, name), (rating, _) in ratings.items()
        if at in free and name not in known and rating < SURE and name not in ("name", *NAME_FIELDS)
        if fields_named(free[at], kind).get(name, 0.0) > 0.9  # noqa: PLR2004  whole names
    ]


def unknown_identifiers(ratings: Ratings, chosen: dict[int, str], table: Table) -> list[Question]:
    """Ask what identifier a column of that name is."""
    found = {at for (at, name) in ratings if name == UNKNOWN and ratings[at, name][0] >= SURE}
    known = {at for (at, name) in ratings if name.startswith("identifier:") and name != UNKNOWN}
    return [
        Question(
            "which_identifier", "identifier", (at,), {"column": table.header[at]}, blocking=False
        )
        for at in sorted(found - known - set(chosen))
    ]


def class_list(guesses: list[Guess], table: Table) -> list[Question]:
    """Classes without a role or subject of staff are how lists of pupils look."""
    columns = {guess.field: guess.column for guess in guesses if guess.field}
    if "class" not in columns or "subject" in columns:
        return []
    if "role" in columns and table.column(columns["role"]):
        return []
    classes = sorted(set(table.column(columns["class"])), key=key_of)
    values = {"classes": classes[:20], "rows": len(table.rows)}
    return [Question("are_these_staff", "class", (columns["class"],), values)]
