"""Ways in which a provider fails, to be switched on at a simulator."""

import threading
from collections import Counter
from dataclasses import dataclass, field

# What each kind does to a request. `lost` carries it out and then hangs up.
KINDS = (
    "rate_limit", "rate_limit_silent", "unauthorized", "forbidden", "not_found", "gone",
    "precondition", "server_error", "lost", "hang_up", "slow", "garbage", "half",
)  # fmt: skip
BEFORE = frozenset(KINDS) - {"lost", "slow", "garbage", "half"}  # nothing is carried out


@dataclass
class Fault:
    """The next `times` requests whose `METHOD /path` holds `where` fail so.

    `after` is the Retry-After of `rate_limit` in seconds, `seconds` how long `slow` waits.
    """

    kind: str
    where: str = ""
    times: int = 1
    after: int = 30
    seconds: float = 0.0
    code: str = ""


@dataclass
class Faults:
    """The faults that are switched on, and how often each was met."""

    waiting: list[Fault] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def switch_on(self, kind: str, where: str = "", **more: object) -> None:
        """Let coming requests fail; raises ValueError for a kind nobody knows."""
        if kind not in KINDS:
            message = f"{kind} is not one of {', '.join(KINDS)}"
            raise ValueError(message)
        with self.lock:
            self.waiting.append(Fault(kind, where, **more))  # type: ignore[arg-type]

    def clear(self) -> None:
        """Switch all faults off."""
        with self.lock:
            self.waiting.clear()

    def take(self, request_line: str) -> Fault | None:
        """The fault that this request meets, used up by one."""
        with self.lock:
            found = next((item for item in self.waiting if item.where in request_line), None)
            if found is None:
                return None
            found.times -= 1
            if found.times <= 0:
                self.waiting.remove(found)
            self.met[found.kind] += 1
            return found
