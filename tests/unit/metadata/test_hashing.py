"""Hashes that are put off: the same answer beside other work and without, and no thread left behind."""

import threading

from landmark_desktop.metadata.hashing import beside, later


def name_of_thread(data: bytes) -> str:
    return f"{len(data)} {threading.current_thread().name}"


def test_a_hash_is_computed_beside_its_caller() -> None:
    with beside():
        assert later(name_of_thread, b"abc")() == "3 hash_0"
    assert not any(thread.name.startswith("hash") for thread in threading.enumerate())


def test_without_a_thread_it_is_computed_once_when_it_is_asked_for() -> None:
    asked: list[bytes] = []

    def ask(data: bytes) -> str:
        asked.append(data)
        return name_of_thread(data)

    answer = later(ask, b"abc")
    assert not asked
    assert answer() == answer() == f"3 {threading.current_thread().name}"
    assert asked == [b"abc"]
