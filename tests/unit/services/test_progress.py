"""Rate and time left."""

import pytest

from landmark_desktop.services.progress import WINDOW_S, ProgressMeter


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> ProgressMeter:
    return ProgressMeter(clock)


def test_nothing_is_promised_before_anything_is_measured(meter: ProgressMeter) -> None:
    meter.add(10)
    progress = meter.progress()
    assert (progress.done, progress.total, progress.rate, progress.seconds_left) == (0, 10, None, None)


def test_rate_and_time_left_follow_from_what_was_done(meter: ProgressMeter, clock: Clock) -> None:
    meter.add(100)
    clock.now = 2.0
    meter.finish(40)
    progress = meter.progress()
    assert progress.rate == pytest.approx(20.0)
    assert progress.seconds_left == pytest.approx(3.0)


def test_the_rate_is_that_of_the_last_seconds(meter: ProgressMeter, clock: Clock) -> None:
    meter.add(10_000)
    for _ in range(10):
        clock.now += 1
        meter.finish(100)
    for _ in range(int(WINDOW_S) + 5):
        clock.now += 1
        meter.finish(10)
    assert meter.progress().rate == pytest.approx(10.0, rel=0.1)


def test_a_pause_does_not_count(meter: ProgressMeter, clock: Clock) -> None:
    meter.add(100)
    clock.now = 1.0
    meter.finish(10)
    meter.pause()
    assert meter.progress().rate is None
    clock.now = 1000.0
    meter.resume()
    clock.now = 1001.0
    meter.finish(10)
    assert meter.progress().rate == pytest.approx(10.0)


def test_a_second_batch_starts_its_own_measurement(meter: ProgressMeter, clock: Clock) -> None:
    meter.add(10)
    clock.now = 1.0
    meter.finish(10)
    clock.now = 500.0
    meter.add(10)
    clock.now = 501.0
    meter.finish(5)
    assert meter.progress().rate == pytest.approx(5.0)
    assert meter.progress().total == 20
