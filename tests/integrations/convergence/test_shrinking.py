"""A failing history is made small, and what is printed can be pasted."""

import ast

from tests.integrations.convergence.shrinking import shrink
from tests.integrations.convergence.steps import draw, literal


def test_only_what_is_needed_to_fail_is_left():
    needed = {3, 17, 18, 40}
    assert shrink(list(range(50)), lambda rest: needed <= set(rest)) == sorted(needed)


def test_a_single_step_is_left_as_it_is():
    assert shrink(["work"], lambda _rest: True) == ["work"]


def test_tries_come_to_an_end():
    tries = []
    shrink(list(range(64)), lambda rest: bool(tries.append(rest)), most=10)
    assert len(tries) < 20


def test_no_step_can_be_left_out_of_the_answer():
    def fails(steps):
        return sum(steps) >= 100

    small = shrink(list(range(30)), fails)
    assert fails(small)
    assert not any(fails([*small[:n], *small[n + 1 :]]) for n in range(len(small)))


def test_the_printed_steps_are_the_steps():
    assert ast.literal_eval(literal(draw(7))) == draw(7)


def test_a_seed_gives_the_same_steps_each_time():
    assert draw(11) == draw(11) != draw(12)
