"""An account at a private Jitsi server, and what it can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from integrations.ports import Denied, Finding, Room, Visitor
from integrations.providers.jitsi import passes, rooms


class Rooms:
    """Rooms of one server; it makes them itself when the first visitor comes."""

    def __init__(self, server: str, issuer: passes.Issuer) -> None:
        """Take the server's address and who signs for it."""
        self.server, self.issuer = server, issuer

    def way_in(self, room: Room, visitor: Visitor, *, at: datetime, within: float) -> str:
        """The address with a pass for this visitor; nothing is asked of the server."""
        del within
        # Not of the title: it may change while people are in.
        name = rooms.name_of("kolega", room.key)
        token = passes.issue(self.issuer, room=name, visitor=visitor, group=room.key, at=at)
        return rooms.address(self.server, name, token=token)


class Check:
    """The self-test of an account: whether its key can sign; a server cannot be asked more."""

    def __init__(self, issuer: passes.Issuer) -> None:
        """Take who signs."""
        self.issuer = issuer

    def check(self) -> Sequence[Finding]:
        """Sign something nobody gets."""
        try:
            passes.sign({"room": "kolega-self-test"}, self.issuer)
        except Denied as trouble:
            return [Finding("sign", went=False, code=trouble.code, said=trouble.said)]
        return [Finding("sign", went=True)]


@dataclass(frozen=True)
class Connected:
    """The ports of an account at Jitsi. It tells nothing of who was there."""

    rooms: Rooms
    check: Check


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:  # fmt: skip
    """What an account can do.

    `options`: `url` (https address of the server), `app_id`, `kid` (named with a private key).
    `secret`: `secret` (the app's secret, or the private key as PEM). `subject` is the tenant; empty,
    it is the server's host. `calendar` means nothing here. Raises Denied("address_refused").
    """
    del calendar
    host = rooms.host_of(options.get("url", ""))
    issuer = passes.Issuer(
        app=options.get("app_id", ""), secret=secret.get("secret", ""), subject=subject or host,
        kid=options.get("kid", ""),
    )  # fmt: skip
    return Connected(rooms=Rooms(options["url"], issuer), check=Check(issuer))
