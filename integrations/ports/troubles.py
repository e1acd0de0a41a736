"""Why a call to a provider did not go well: three kinds, and what to do about each."""


class Trouble(Exception):
    """What a provider may raise. `said` is the provider's own short reason, without personal data."""

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
