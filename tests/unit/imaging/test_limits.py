"""Limits of memory: giants wait for each other or are refused, ordinary photos never notice."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging import stills
from landmark_desktop.imaging.decode import decode
from landmark_desktop.imaging.limits import MAX_PIXELS, PHOTO_BYTES, MemoryBudget, pixel_bytes
from tests import pictures


def hold(budget: MemoryBudget, amount: int) -> tuple[threading.Thread, threading.Event, threading.Event]:
    """A thread that reserves ``amount``; the events say that it has it, and let it go on."""
    has, may_end = threading.Event(), threading.Event()

    def run() -> None:
        with budget.reserve(amount):
            has.set()
            may_end.wait()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, has, may_end


def test_what_fits_together_runs_together() -> None:
    budget = MemoryBudget(10)
    held = [hold(budget, 5) for _ in range(2)]
    assert all(has.wait(5) for _, has, _ in held)
    assert budget.taken == 10
    for thread, _, may_end in held:
        may_end.set()
        thread.join()
    assert budget.taken == 0


@pytest.mark.parametrize("amount", [6, 100])
def test_what_does_not_fit_waits_until_there_is_room(amount: int) -> None:
    budget = MemoryBudget(10)
    first, has_first, end_first = hold(budget, 5)
    assert has_first.wait(5)
    second, has_second, end_second = hold(budget, amount)
    assert not has_second.wait(0.05)
    end_first.set()
    assert has_second.wait(5)  # even more than the whole budget, alone
    end_second.set()
    first.join()
    second.join()
    assert budget.taken == 0


def test_a_photo_that_fails_gives_its_memory_back(tmp_path: Path) -> None:
    path = pictures.cut_off(pictures.photo(tmp_path / "a.png"))
    with pytest.raises(PhotoError):
        decode(path)
    assert stills._budget.taken == 0


def test_the_largest_allowed_colour_photo_fits_and_deep_ones_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pixel_bytes("RGB", 1, MAX_PIXELS) <= PHOTO_BYTES < pixel_bytes("F", 1, MAX_PIXELS)
    path = tmp_path / "a.tif"
    Image.fromarray(np.zeros((40, 50), np.float32)).save(path)
    monkeypatch.setattr(stills, "PHOTO_BYTES", pixel_bytes("F", 50, 40) - 1)
    with pytest.raises(PhotoError) as caught:
        decode(path)
    assert caught.value.code is ErrorCode.PHOTO_NEEDS_MEMORY
    assert "smaller copy" in caught.value.remedy
    monkeypatch.setattr(stills, "PHOTO_BYTES", pixel_bytes("F", 50, 40))
    assert decode(path).width == 50


def test_progressive_jpegs_need_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = Image.new("RGB", (1600, 1600))
    plain = pictures.save(tmp_path / "a.jpg", image)
    progressive = pictures.save(tmp_path / "b.jpg", image, progressive=True)
    monkeypatch.setattr(stills, "PHOTO_BYTES", 4_000_000)
    assert decode(plain, short_side=400).width == 1600
    with pytest.raises(PhotoError):
        decode(progressive, short_side=400)


def test_scaled_jpegs_reserve_what_their_scale_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pictures.save(tmp_path / "a.jpg", Image.new("RGB", (1600, 1600)))
    monkeypatch.setattr(stills, "PHOTO_BYTES", pixel_bytes("RGB", 400, 400))
    assert decode(path, short_side=400).image.size == (400, 400)
    with pytest.raises(PhotoError):
        decode(path, short_side=401)
