"""A history as a plain list of steps, drawn from a seed: what is printed can be pasted and replayed.

A step is a name and numbers or words. Things are named by their place among those that exist, taken
round and round, so that a step still means something when others are left out.
"""

import random
from typing import Any

Step = tuple[Any, ...]

# What each request of ours may meet, and how often a history switches it on.
FAULTS = {
    "rate_limit": 0.6, "rate_limit_silent": 0.7, "unauthorized": 0.7, "forbidden": 1.1,
    "not_found": 0.95, "gone": 0.9, "precondition": 0.6, "server_error": 0.65, "lost": 0.65,
    "hang_up": 0.6, "slow": 1.2, "garbage": 1.2, "half": 1.1,
}  # fmt: skip
# After the first, no request follows or another works; and "not there", said twice, is believed.
ONCE = frozenset({"forbidden", "slow", "gone", "not_found"})
PROVIDERS = ("google", "microsoft", "caldav")
# Requests that are answered with a text: only those can be answered with half of one.
ANSWERED = {
    "google": ("GET", "GET", "GET", "POST", "PATCH"),
    "microsoft": ("GET", "GET", "GET", "POST", "PATCH"),
    "caldav": ("REPORT", "REPORT", "REPORT", "GET"),
}  # fmt: skip
OTHERS = {
    "kill": 2.2, "kill_mail": 1.7, "moved_there": 1.7, "removed_there": 0.5, "forget_cursors": 1.1,
    "plan": 0.5, "add_part": 0.4, "move": 1.4, "rename": 0.7, "cancel": 0.3, "remove_part": 0.3,
    "register": 0.9, "give_back": 0.3, "answer": 1.2, "read": 0.4, "noticed": 0.1, "repair": 0.8,
}  # fmt: skip
FEWEST = 14  # beside the event and the registration that each history begins with
SETTINGS = frozenset({"connect", "pass", "work"})


def draw(seed: int, *, often: tuple[tuple[str, ...], ...] = ()) -> list[Step]:
    """The steps of a history; those of `SETTINGS` are not counted as steps.

    Each row of steps named in `often` happens twice more, one step right after the other; a fault
    named with a method, as "slow GET", meets such a request.
    """
    dice = random.Random(seed)  # noqa: S311  repeatable
    pair = dice.sample(PROVIDERS, dice.choice((1, 2)))
    scopes = zip(pair, ("country", "school"), strict=False)
    found: list[Step] = [
        *(("connect", name, scope, dice.random() < 0.25) for name, scope in scopes),
        _deed("plan", 0, dice, pair), ("register", 0, dice.randrange(3)), ("pass", 11), ("work",),
    ]  # fmt: skip
    for number, name in enumerate(_names(dice, often), start=1):
        found.append(_deed(name, number, dice, pair))
        found.append(("pass", dice.choice((1, 11, 40, 100, 700))))
        found += [("work",)] * (dice.random() < 0.65)
    return found


def _names(dice: random.Random, often: tuple[tuple[str, ...], ...]) -> list[str]:
    rows = [*often, *often]
    for name, rate in (*FAULTS.items(), *OTHERS.items()):
        rows += [(name,)] * (int(rate) + (dice.random() < rate % 1))
    rows += [("move",)] * (FEWEST - len(rows))
    dice.shuffle(rows)
    names = [name for row in rows for name in row]
    # A worker that is to die while mailing needs letters that are still to come.
    return sorted(names, key=lambda name: name != "kill_mail" or dice.random() < 0.5)


def _deed(name: str, number: int, dice: random.Random, pair: list[str]) -> Step:
    name, _, method = name.partition(" ")
    any_one = dice.randrange(12)
    day, hour, person = number + 1, dice.randrange(8, 18), dice.randrange(3)
    if name in FAULTS:
        provider = dice.choice(pair)
        line = dice.choice(ANSWERED[provider]) if name in {"half", "garbage"} else method
        times = 1 if name in ONCE else dice.choice((1, 2, 2))
        return ("fault", provider, name, line, times, dice.choice((5, 90)))
    more: dict[str, tuple[Any, ...]] = {
        "plan": (dice.randrange(2), dice.choice(("room", "online")), day, hour),
        "add_part": (any_one, day, hour),
        "move": (any_one, dice.randrange(3), day, hour),
        "rename": (any_one, f"Title {number}"),
        "cancel": (any_one,),
        "remove_part": (any_one, dice.randrange(3)),
        "register": (any_one, person),
        "give_back": (any_one, person),
        "moved_there": (any_one, dice.choice((1, 24, 48)), dice.choice((0, 0, 1, 2, 2))),
        "removed_there": (any_one, dice.choice((0, 0, 1, 2, 2))),
        "kill": (dice.choice(("before", "after")),),
        "kill_mail": (dice.choice(("before", "after")),),
        "forget_cursors": (dice.choice(pair),),
        "answer": (any_one, dice.choice(("accept", "restore", "restore", "detach"))),
        "noticed": (any_one,),
    }
    return (name, *more.get(name, ()))


def literal(steps: list[Step]) -> str:
    """The steps as Python, to be pasted into `test_counterexamples.py`."""
    return "[\n" + "".join(f"    {step!r},\n" for step in steps).replace("'", '"') + "]"
