"""Every peer: its name and version, how it is got, what is exchanged with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.peers import balancer, calendars, google, meetings, readers, sign_in
from tests.peers.environments import node, python


@dataclass(frozen=True)
class Peer:
    """`get` gives what `exchange` takes, or raises NotObtainable; `exchange` says what was done."""

    name: str
    get: Callable[[], Any]
    exchange: Callable[[Any], str]


PEERS = (
    Peer("radicale 3.9.0", partial(python, "radicale==3.9.0"), calendars.with_radicale),
    Peer("xandikos 0.4.10", partial(python, "xandikos==0.4.10"), calendars.with_xandikos),
    Peer(
        "vdirsyncer 0.21.0 and khal 0.14.1",
        partial(python, "khal==0.14.1", "vdirsyncer==0.21.0"), readers.with_subscriber,
    ),
    Peer("libical 3", readers.libical, readers.with_libical),
    Peer("ical.js 2.2.1", partial(node, "ical.js@2.2.1"), readers.with_ical_js),
    Peer("ical 14.3.1 (Home Assistant)", partial(python, "ical==14.3.1"), readers.with_home_assistant),
    Peer("oauth2-mock-server 8.2.3", partial(node, "oauth2-mock-server@8.2.3"), sign_in.with_mock_server),
    Peer("emulate 0.11.2, Microsoft", partial(node, "emulate@0.11.2"), sign_in.with_emulate),
    Peer("emulate 0.11.2, Google", partial(node, "emulate@0.11.2"), google.with_emulate),
    Peer(
        "google-drive-mock 1.2.0",
        partial(node, "google-drive-mock@1.2.0", "cors", "express"), google.with_drive_mock,
    ),
    Peer("bbbctl 0.5.1", partial(python, "bbbctl==0.5.1"), meetings.with_bbbctl),
    Peer("@zoom/rivet 0.4.0", partial(node, "@zoom/rivet@0.4.0"), meetings.with_rivet),
    Peer(
        "bbblb 0.0.18",
        partial(
            python, "bbblb==0.0.18", "uvicorn", "greenlet", "sqlalchemy[asyncio]<2.1", "aiosqlite",
            at_least="3.13",
        ),
        balancer.with_bbblb,
    ),
)  # fmt: skip
