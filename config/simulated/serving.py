"""The process of the simulators: answers on loopback, keeps what it holds, delivers notices."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import requests
from django.db import DatabaseError, connections

from config.simulated import pages, taking_in
from config.simulated.board import Board
from config.simulated.state import Keeper
from events.kernel import clock
from integrations.simulators.bigbluebutton import notices
from integrations.simulators.serving import server

PAUSE, LOOK = 0.2, 10  # seconds between deliveries; every so many times new accounts are looked for


def board(url: str, folder: Path) -> Board:
    """The simulators as they were left, and as our rows tell of accounts they do not know."""
    made = Board(clock=clock.now, home=url, pages=pages.answer)
    keeper = Keeper(made, folder)
    made.before = _with_own_connection(lambda: _acquaint(made, keeper))
    made.after = _with_own_connection(keeper.keep)
    return made


def _acquaint(made: Board, keeper: Keeper) -> None:
    if taking_in.acquaint(made, at=clock.now()):
        keeper.keep()


def _with_own_connection(deed: Callable[[], None]) -> Callable[[], None]:
    """Each request has a thread of its own, and leaves no connection to the database behind."""

    def done() -> None:
        try:
            deed()
        finally:
            connections.close_all()

    return done


def serve(url: str, folder: Path, *, stop: threading.Event) -> None:
    """Serve until `stop`. Raises OSError where another program has the port."""
    made = board(url, folder)
    made.url = url
    listening = server(made, port=urlsplit(url).port or 0)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        _look_after(made, stop)
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def _look_after(made: Board, stop: threading.Event) -> None:
    """Deliver notices as they arise, and meet the accounts that a demo has just brought."""
    turns = 0
    while not stop.wait(PAUSE):
        if turns % LOOK == 0:
            with suppress(DatabaseError), made.turn:  # the database may still be on its way
                made.before()
        deliver(made)
        turns += 1


def deliver(made: Board) -> None:
    """Post the notices that wait; one that does not arrive is lost, as elsewhere."""
    with suppress(requests.RequestException):
        made.microsoft.hand.deliver()
    made.google.deliver()
    with made.turn:
        waiting, made.waiting[:] = list(made.waiting), []
    for notice in waiting:
        with suppress(requests.RequestException):
            notices.call(notice)
