"""Lanes: order, errors, bounds, the end."""

import logging
import os
import sys
import threading

import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.services.lanes import BACKGROUND_NICE, Lane


def test_jobs_of_a_lane_run_in_order_on_one_thread() -> None:
    lane = Lane("one")
    seen: list[tuple[int, str]] = []
    for number in range(50):
        lane.submit(lambda n=number: seen.append((n, threading.current_thread().name)))
    lane.close()
    assert [number for number, _ in seen] == list(range(50))
    assert len({name for _, name in seen}) == 1


def test_call_returns_the_result_and_raises_the_error() -> None:
    lane = Lane("one")
    assert lane.call(lambda: 42) == 42
    with pytest.raises(KeyError):
        lane.call(lambda: {}["missing"])
    lane.close()


def test_a_bug_reaches_the_handler_and_the_log_and_the_lane_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    bugs: list[BaseException] = []
    lane = Lane("one", on_bug=bugs.append)
    lane.submit(lambda: 1 // 0)
    assert lane.call(lambda: "alive") == "alive"
    lane.close()
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    assert caplog.records[0].levelno == logging.ERROR


def test_a_known_error_is_no_bug() -> None:
    bugs: list[BaseException] = []
    lane = Lane("one", on_bug=bugs.append)

    def fail() -> None:
        raise PhotoError(ErrorCode.FILE_EMPTY, name="a.jpg")

    future = lane.submit(fail)
    assert isinstance(future.exception(), PhotoError)
    lane.close()
    assert bugs == []


def test_a_full_lane_makes_producers_wait() -> None:
    lane = Lane("one", room=2)
    gate, waiting = threading.Event(), threading.Event()
    lane.submit_when_room(gate.wait)
    lane.submit_when_room(lambda: None)

    def produce() -> None:
        waiting.set()
        lane.submit_when_room(lambda: None)
        done.set()

    done = threading.Event()
    producer = threading.Thread(target=produce)
    producer.start()
    assert waiting.wait(5)
    assert not done.wait(0.05)
    gate.set()
    assert done.wait(5)
    producer.join()
    lane.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system prefers the window's thread on its own")
def test_a_background_lane_and_what_it_starts_step_back_and_others_do_not() -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def niceness_of_a_thread() -> int:
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(niceness()))
        thread.start()
        thread.join()
        return found[0]

    ours = niceness()
    background, other = Lane("background", background=True), Lane("other")
    expected = min(19, ours + BACKGROUND_NICE)
    assert (background.call(niceness), background.call(niceness_of_a_thread)) == (expected, expected)
    assert (other.call(niceness), niceness()) == (ours, ours)
    background.close()
    other.close()
