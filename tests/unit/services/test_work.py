"""The state of the work, whatever the order in which things happen."""

import pytest

from landmark_desktop.services.work import Work, WorkState


@pytest.fixture
def work() -> Work:
    made = Work()
    made.open()
    return made


def counts(work: Work) -> tuple[int, int]:
    return work.progress.done, work.progress.total


def test_nothing_is_done_before_a_folder_is_open() -> None:
    assert Work().state is WorkState.IDLE


def test_scanning_then_classifying_then_idle(work: Work) -> None:
    assert work.state is WorkState.SCANNING
    work.add(3)
    assert work.state is WorkState.CLASSIFYING
    work.scanned()
    work.finish(2)
    assert work.state is WorkState.CLASSIFYING
    work.finish(1)
    assert work.state is WorkState.IDLE


def test_the_scan_goes_on_when_all_photos_so_far_are_done(work: Work) -> None:
    work.add(1)
    work.finish(1)
    assert work.state is WorkState.SCANNING


def test_a_folder_without_new_photos_is_idle_after_the_scan(work: Work) -> None:
    work.add(0)
    work.scanned()
    assert (work.state, counts(work)) == (WorkState.IDLE, (0, 0))


def test_a_pause_holds_until_it_is_lifted_or_everything_is_done(work: Work) -> None:
    work.add(5)
    assert work.pause()
    assert not work.pause()
    work.finish(1)
    work.scanned()
    assert work.state is WorkState.PAUSED
    assert work.resume()
    assert not work.resume()
    assert work.state is WorkState.CLASSIFYING
    assert work.pause()
    work.finish(4)  # they were under way
    assert work.state is WorkState.IDLE


def test_idle_work_cannot_be_paused() -> None:
    work = Work()
    assert not work.pause()
    assert not work.resume()


def test_a_pause_does_not_outlive_its_folder(work: Work) -> None:
    work.add(5)
    work.pause()
    work.open()
    work.add(1)
    assert work.state is WorkState.CLASSIFYING


def test_a_cancel_ends_everything_and_stragglers_do_not_count(work: Work) -> None:
    work.add(5)
    work.cancel()
    assert work.state is WorkState.IDLE
    work.add(3)
    work.finish(2)
    work.scanned()
    assert (work.state, counts(work)) == (WorkState.IDLE, (0, 0))
    work.restart(6)
    assert (work.state, counts(work)) == (WorkState.CLASSIFYING, (0, 6))


def test_without_a_model_photos_are_only_scanned(work: Work) -> None:
    work.add(2)
    work.fail()
    assert work.state is WorkState.SCANNING
    work.add(3)
    work.scanned()
    assert (work.state, counts(work)) == (WorkState.FAILED, (0, 0))
    assert not work.pause()
    work.retry()
    assert work.state is WorkState.IDLE
    work.open()
    work.add(3)
    assert work.state is WorkState.CLASSIFYING
