"""What is gathered from other threads arrives on the window's."""

import threading

from pytestqt.qtbot import QtBot

from landmark_desktop.services.relay import Gatherer, Relay


def test_a_relay_runs_functions_on_its_thread_in_order(qtbot: QtBot) -> None:
    relay = Relay()
    ran: list[tuple[int, threading.Thread]] = []

    def post() -> None:
        for number in range(3):
            relay.post(lambda number=number: ran.append((number, threading.current_thread())))  # type: ignore[misc]

    thread = threading.Thread(target=post)
    thread.start()
    thread.join()
    assert ran == []
    qtbot.waitUntil(lambda: len(ran) == 3)
    assert ran == [(number, threading.current_thread()) for number in range(3)]


def test_a_closed_relay_drops_what_was_posted_before_and_after(qtbot: QtBot) -> None:
    relay, other = Relay(), Relay()
    ran: list[str] = []
    relay.post(lambda: ran.append("before"))
    relay.close()
    relay.post(lambda: ran.append("after"))
    other.post(lambda: ran.append("other"))  # posted last, so that the others had their turn
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == ["other"]


def test_items_arrive_together_and_none_is_lost(qtbot: QtBot) -> None:
    delivered: list[list[int]] = []
    gatherer: Gatherer[int] = Gatherer(delivered.append)
    gatherer.flush()  # the last delivery was just now
    for number in range(100):
        gatherer.put(number)
    qtbot.waitUntil(lambda: bool(delivered))
    assert delivered == [list(range(100))]


def test_flushing_delivers_at_once_and_only_once(qtbot: QtBot) -> None:
    delivered: list[list[int]] = []
    gatherer: Gatherer[int] = Gatherer(delivered.append)
    gatherer.put(1)
    gatherer.flush()
    assert delivered == [[1]]
    gatherer.put(2)
    qtbot.waitUntil(lambda: len(delivered) == 2)
    assert delivered == [[1], [2]]
