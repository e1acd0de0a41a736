"""What each column holds: its name first, its values second, the user's word above both."""

from collections.abc import Mapping as MappingOf
from typing import Literal

from events.networks.rosters.grid import Table
from events.networks.rosters.mapping import (
    FIELDS,
    NAME_FIELDS,
    SURE,
    UNKNOWN,
    Guess,
    Kind,
    Mapping,
    Ratings,
)
from events.networks.rosters.questions import (
    class_list,
    doubted,
    required,
    tied,
    unknown_identifiers,
)
from events.networks.rosters.sentences import TableRefused
from events.networks.rosters.sniffing import agreement, has_addresses
from events.networks.rosters.vocabulary import PEOPLE, fields_named

_FROM_VALUES = 0.65


def guess_columns(table: Table, kind: Kind, choices: MappingOf[int, str] | None = None) -> Mapping:
    """Say what each column holds. `choices` (column to field, "" for none) outrank every guess.

    Two columns equally likely for one field, or a required field without a column, become a
    question. Required: the name of a school; of a person the full name, or given and family name.
    Raises `TableRefused` for a choice of a column or field that does not exist.
    """
    chosen = dict(choices or {})
    _check(chosen, table, kind)
    ratings = _ratings(table, kind, chosen)
    taken, ties = _assign(ratings, set(chosen.values()))
    guesses = [_guess(at, table, chosen, taken) for at in range(len(table.header))]
    if kind == PEOPLE:
        guesses = _settle_names(guesses)
    questions = required(guesses, kind, ratings) + tied(ties, guesses)
    questions += doubted(ratings, guesses, kind)
    if kind == PEOPLE:
        questions += unknown_identifiers(ratings, chosen, table) + class_list(guesses, table)
    return Mapping(kind, tuple(guesses), tuple(questions))


def _check(chosen: dict[int, str], table: Table, kind: Kind) -> None:
    fields = [name for name in chosen.values() if name]
    known = all(0 <= at < len(table.header) for at in chosen) and set(fields) <= set(FIELDS[kind])
    if not known or len(fields) > len(set(fields)):
        raise TableRefused("column_choice_unknown")


def _ratings(table: Table, kind: Kind, chosen: dict[int, str]) -> Ratings:
    ratings: Ratings = {}
    for at, header in enumerate(table.header):
        if at in chosen:
            continue
        values = table.column(at)
        for name, confidence in (fields_named(header, kind) if header else {}).items():
            rating = round(confidence + agreement(name, values), 3)
            ratings[at, name] = (min(rating, 1.1), "name")
        if has_addresses(values) and (at, "email") not in ratings:
            ratings[at, "email"] = (_FROM_VALUES, "values")
    return ratings


def _assign(
    ratings: Ratings, used: set[str]
) -> tuple[dict[int, tuple[str, float, Literal["name", "values"]]], dict[str, tuple[int, ...]]]:
    """Give every field its best column; equally good columns stay open as ties."""
    taken: dict[int, tuple[str, float, Literal["name", "values"]]] = {}
    ties: dict[str, tuple[int, ...]] = {}
    done = set(used) - {""}
    for (at, name), (rating, evidence) in sorted(ratings.items(), key=lambda item: -item[1][0]):
        if at in taken or name in done or name == UNKNOWN or rating < SURE:
            continue
        equals = [
            other for (other, same), (theirs, _) in ratings.items()
            if same == name and theirs == rating and other not in taken
        ]  # fmt: skip
        done.add(name)
        if len(equals) > 1:
            ties[name] = tuple(equals)
        else:
            taken[at] = (name, min(rating, 1.0), evidence)
    return taken, ties


def _guess(
    at: int,
    table: Table,
    chosen: dict[int, str],
    taken: dict[int, tuple[str, float, Literal["name", "values"]]],
) -> Guess:
    header = table.header[at]
    if at in chosen:
        return Guess(at, header, chosen[at], 1.0, "user")
    if at in taken:
        return Guess(at, header, *taken[at])
    return Guess(at, header, "", 0.0, "none")


def _settle_names(guesses: list[Guess]) -> list[Guess]:
    """Tell what `Name` means: the family name beside a given name, and so on."""
    known = {guess.field for guess in guesses}
    if "family_name" in known and "given_name" not in known:
        meant = "given_name"
    elif "given_name" in known and "family_name" not in known:
        meant = "family_name"
    else:
        meant = "" if known & set(NAME_FIELDS) else "full_name"
    return [
        Guess(g.column, g.header, meant, g.confidence * 0.9, g.evidence)
        if g.field == "any_name"
        else g
        for g in guesses
    ]
