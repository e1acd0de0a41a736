"""Why a notice is not taken."""


class Refused(Exception):
    """A notice that is not taken; `status` is what the provider is answered."""

    status = 400


class TooLarge(Refused):
    """More bytes than a notice has."""

    status = 413


class Forged(Refused):
    """Not signed by who it says it is from."""

    status = 401


class Unreadable(Refused):
    """Signed, but in a form that nobody described."""

    status = 400


class Over(Refused):
    """About something that is not there any more; the provider need not try again."""

    status = 410


class NotNow(Refused):
    """Ours is the trouble: the provider shall try again."""

    status = 503
