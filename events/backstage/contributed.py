"""Pieces of pages that other rooms contribute, as listed in `config/wiring.py`.

`PANELS` maps a place on a page ("event.side") to dotted paths of `PanelMaker`; `ROWS` maps a list
("home.row") to dotted paths of `RowMaker`. A maker that raises is logged and left out, so a fault
further out never breaks a page further in.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

from events.kernel.actors import Actor
from events.kernel.contributions import BusySource, Panel

if TYPE_CHECKING:
    from events.backstage.post import Draft

log = logging.getLogger("kolega.contributions")
TABLES = ("PANELS", "ROWS")

Makers = Mapping[str, Sequence[str]]


def panels(place: str, actor: Actor, ids: Mapping[str, int], *, at: datetime) -> list[Panel]:
    """The panels of a place for a reader, in their order."""
    made = [_made(path, actor, ids, at=at) for path in table("PANELS").get(place, ())]
    return sorted((panel for panel in made if panel), key=lambda panel: panel.order)


def rows(place: str, actor: Actor, ids: Sequence[int], *, at: datetime) -> dict[int, list[Panel]]:
    """The pieces for the rows of a list, by id, in their order."""
    found: dict[int, list[Panel]] = {}
    for path in table("ROWS").get(place, ()):
        for row, panel in (_made(path, actor, ids, at=at) or {}).items():
            found.setdefault(row, []).append(panel)
    return {row: sorted(made, key=lambda panel: panel.order) for row, made in found.items()}


def table(name: str) -> Makers:
    """One table of the wiring; empty when it is not there."""
    makers: Makers = getattr(import_module(settings.KOLEGA_WIRING), name, {})
    return makers


def letter(name: str) -> "Callable[..., Draft]":
    """The function that writes a letter some room further in asks for; KeyError when unknown."""
    return _maker(letters()[name])


def letters() -> Mapping[str, str]:
    """The writers of letters in the wiring."""
    found: Mapping[str, str] = getattr(import_module(settings.KOLEGA_WIRING), "LETTERS", {})
    return found


def link(name: str) -> Callable[..., Any]:
    """What the table `LINKS` names to read, judge or make links of meetings; KeyError when unknown."""
    return _maker(_links()[name])


def _links() -> Mapping[str, str]:
    found: Mapping[str, str] = getattr(import_module(settings.KOLEGA_WIRING), "LINKS", {})
    return found


def watching(name: str) -> Callable[..., Any]:
    """What the table `WATCHING` names to say how recordings count; KeyError when unknown."""
    return _maker(_watching()[name])


def _watching() -> Mapping[str, str]:
    found: Mapping[str, str] = getattr(import_module(settings.KOLEGA_WIRING), "WATCHING", {})
    return found


def busy_sources(person_id: int, *, at: datetime) -> Sequence[BusySource]:
    """The calendars that can tell when a person is busy, as `BUSY` names them."""
    return [
        one for path in table("BUSY").get("sources", ()) for one in _maker(path)(person_id, at=at)
    ]


def require_no_objection(deed: str, ids: Mapping[str, int]) -> None:
    """Ask the rooms of `OBJECTIONS` about a deed further in; one that minds raises its DomainError.

    Unlike a panel, a check that fails is not left out: then the deed does not happen either.
    """
    for path in table("OBJECTIONS").get(deed, ()):
        _maker(path)(ids)


def personal(person_id: int) -> dict[str, object]:
    """Everything the rooms of `PERSONAL` keep about a person.

    One that raises breaks the whole: a file that silently lacks a part would be worse than none.
    """
    return {name: _maker(path)(person_id) for name, path in sorted(keepers().items())}


def keepers() -> Mapping[str, str]:
    """Who tells what is kept about a person, by the name it has in the file."""
    found: Mapping[str, str] = getattr(import_module(settings.KOLEGA_WIRING), "PERSONAL", {})
    return found


def onward(join_url: str, *, part_id: int, person_id: int, at: datetime) -> str:
    """Where somebody goes on to who follows a join link: elsewhere as it says, to ours by `WAYS_IN`."""
    path = _way_in(join_url)
    way: str = _maker(path)(part_id=part_id, person_id=person_id, at=at) if path else join_url
    return way


def is_ours(join_url: str) -> bool:
    """Whether a join link is an address of ours that leads on."""
    return bool(_way_in(join_url))


def _way_in(join_url: str) -> str:
    found = (
        path
        for start, path in ways_in().items()
        if join_url.startswith(f"{settings.BASE_URL}{start}")
    )
    return next(found, "")


def ways_in() -> Mapping[str, str]:
    """Who makes the way on from addresses of ours, by their beginning."""
    found: Mapping[str, str] = getattr(import_module(settings.KOLEGA_WIRING), "WAYS_IN", {})
    return found


def _made(path: str, actor: Actor, ids: Any, *, at: datetime) -> Any:
    try:
        return _maker(path)(actor, ids, at=at)
    except Exception:
        log.exception("contribution %s is left out", path)
        return None


@cache
def _maker(path: str) -> Callable[..., Any]:
    maker: Callable[..., Any] = import_string(path)
    return maker


@checks.register()
def paths_import(**_options: object) -> list[checks.CheckMessage]:
    """Start-up check: every dotted path of the tables leads to a maker called with (actor, ids, at=)."""
    paths = {path for name in TABLES for made in table(name).values() for path in made}
    faults = {path: _fault(path) for path in sorted(paths)}
    plain = [path for listed in table("OBJECTIONS").values() for path in listed]
    plain += [path for listed in table("BUSY").values() for path in listed]
    plain += [*letters().values(), *keepers().values(), *_links().values(), *_watching().values()]
    plain += ways_in().values()
    faults |= {path: _missing(path) for path in plain}
    return [
        checks.Error(f"config/wiring.py lists {path}: {fault}", id="kolega.E001")
        for path, fault in faults.items()
        if fault
    ]


def _missing(path: str) -> str:
    try:
        _maker(path)
    except ImportError as error:
        return str(error)
    return ""


def _fault(path: str) -> str:
    try:
        maker = _maker(path)
        signature(maker).bind(None, None, at=None)
    except Exception as error:  # noqa: BLE001  a module may raise anything while it is imported
        return f"{type(error).__name__}: {error}"
    return ""
