"""Why a call to a provider did not go well: three kinds, and what to do about each."""

import socket


class Trouble(Exception):
    """What a provider may raise. `said` is the provider's own short reason, without personal data.

    It is shown as the provider's words, so only what came over the wire belongs in it; details of our
    own are for codes that no provider can cause (`integrations.accounts.words.OURS`).
    """

    def __init__(self, code: str, said: str = "") -> None:
        """Take the code of the reason, such as `rate_limit`."""
        super().__init__(f"{code}: {said}" if said else code)
        self.code = code
        self.said = said


class Temporary(Trouble):
    """Trying again later may help: not before `after` seconds, where the provider said so."""

    def __init__(self, code: str, said: str = "", *, after: float | None = None) -> None:
        """Take the pause asked for, in seconds."""
        super().__init__(code, said)
        self.after = after


class Conflict(Temporary):
    """The thing changed over there since we last looked: look again, then decide."""


class Denied(Trouble):
    """Trying again does not help before a person changes something.

    Codes that have a sentence on the health page: `consent_revoked`, `secret_expired`,
    `secret_wrong`, `scope_missing`, `policy_missing`, `forbidden`, `calendar_missing`,
    `conference_not_allowed`, `usage_limit`, `address_refused`, `request_refused`.
    """


class Gone(Trouble):
    """The thing is not there, or no longer; for removing it that is success."""


class CursorLost(Gone):
    """The place in the list of changes is forgotten over there: read everything again and compare."""


def is_unknown_host(error: BaseException) -> bool:
    """Whether a call failed because its host has no address: somewhere behind it a look-up failed."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, socket.gaierror):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
