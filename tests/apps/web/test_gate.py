"""Who is let in to ask, and when."""

import time
from collections.abc import Callable
from threading import Thread

import pytest

from mssqa.apps.web.gate import Gate
from mssqa.apps.web.rate import MOST_KEYS, Rate
from mssqa.apps.web.refused import TooManyError


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.002)


def test_who_came_first_is_answered_first_and_no_more_than_two_at_once() -> None:
    gate, order, inside, most = Gate(at_once=2), [], [0], [0]

    def ask(number: int) -> None:
        with gate.question(f"visitor {number}"):
            order.append(number)
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    with gate.question("first"), gate.question("second"):
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until(lambda waiting=number: len(gate._line) == waiting)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert most == [2]


def test_a_question_that_fails_gives_its_turn_back() -> None:
    gate = Gate(at_once=1, most_waiting=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="no index"), gate.question("amina"):
            raise ValueError("no index")


def test_one_visitor_cannot_take_every_place() -> None:
    gate = Gate(most_of_one=1)
    with gate.question("amina"):
        with (
            pytest.raises(TooManyError, match="1 of your questions are still waiting"),
            gate.question("amina"),
        ):
            pass
        with gate.question("bea"):
            pass


def test_when_all_places_are_taken_everybody_is_told_to_come_back() -> None:
    gate = Gate(most_waiting=0, at_once=1)
    with (
        gate.question("amina"),
        pytest.raises(TooManyError, match="very many people") as refused,
        gate.question("bea"),
    ):
        pass
    assert refused.value.hint == "wait 11 seconds"


def test_it_is_quiet_once_the_last_question_is_answered() -> None:
    gate, told = Gate(), list[bool]()
    waiting = Thread(target=lambda: told.append(gate.is_quiet(within_seconds=10)))
    with gate.question("amina"), gate.question("bea"):
        assert not gate.is_quiet(within_seconds=0)
        waiting.start()
    waiting.join()
    assert told == [True]


def test_so_many_questions_a_minute_and_no_more_each_visitor_by_itself() -> None:
    gate = Gate(per_minute=2)
    for _ in range(2):
        with gate.question("amina"):
            pass
    with pytest.raises(TooManyError, match="in a minute"), gate.question("amina"):
        pass
    with gate.question("bea"):
        pass


def test_those_who_are_quiet_are_forgotten() -> None:
    now = [0.0]
    rate = Rate(1, seconds=60, clock=lambda: now[0])
    for visitor in range(MOST_KEYS):
        assert rate.wait(f"{visitor}") == 0
    assert rate.wait("0") == 60
    now[0] = 61
    assert rate.wait("new") == 0
    assert list(rate._times) == ["new"]
