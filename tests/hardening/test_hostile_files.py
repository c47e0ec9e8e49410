"""Hostile photos and sidecars, through all that the program does with them, in a process that is watched.

No crash, no hang, bounded memory; what cannot be read is a known error of the photo; and no photo changes. A short
run with the same cases each time; ``make fuzz`` makes others for as long as you like. What it finds goes into
:data:`FOUND`.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.hardening import bombs
from tests.hardening.corpus import CHANGES, SEEDS, Case, Change
from tests.hardening.victim import MEMORY
from tests.hardening.watch import Victim

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
"""How many cases are made, set by ``make fuzz``; 0: a few hundred, the same each time."""
PEAK_BYTES = MEMORY // 2
"""What the photos of these tests may take, all of which are small or refused."""

FOUND = (
    # Undo gave back another file: Exiv2 had written into the bytes that the old file was kept in.
    Case(".tif", (Change("swap", 0.29743149547642256, 233),)),
    Case(".jpeg.tif", (Change("big", 0.10701904887602809, 139), Change("cut", 0.9371893471195228, 4))),
    # An error of C++ that is not one of Exiv2's own: "Overflow in addition".
    Case(
        ".raf",
        (
            Change("cut", 0.7615924343671892, 26),
            Change("short", 0.020679822548826325, 51),
            Change("noise", 0.37125589444462254, 157),
            Change("zeros", 0.07962888961932649, 6),
            Change("noise", 0.014014325125154214, 724),
        ),
    ),
)
"""What was found, and mended."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="watches the process through Unix pipes and limits")


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    with Victim() as started:
        yield started
        assert started.peak_bytes() < PEAK_BYTES


def meet(victim: Victim, case: Case) -> None:
    with TemporaryDirectory() as folder:
        case.write(Path(folder))
        outcome = victim.meet(Path(folder))
    assert not outcome.finding, f"{outcome.finding}\n{case}"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sound_files_of_the_corpus_are_read_and_written(victim: Victim, tmp_path: Path, seed: str) -> None:
    """Otherwise the others would prove nothing."""
    Case(seed, ()).write(tmp_path)
    outcome = victim.meet(tmp_path)
    assert (outcome.finding, outcome.errors) == ("", [])
    assert outcome.decoded == 1
    assert outcome.written == 2


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.seed)
def test_what_was_found_stays_mended(victim: Victim, case: Case) -> None:
    meet(victim, case)


# Offsets and sizes are in the first bytes of most formats.
_WHERE = st.one_of(st.floats(0, 1, exclude_max=True), st.floats(0, 0.1), st.floats(0, 0.01))
_CHANGES = st.builds(Change, st.sampled_from(list(CHANGES)), _WHERE, st.integers(0, 4095))
_CASES = st.builds(Case, st.sampled_from(list(SEEDS)), st.lists(_CHANGES, min_size=1, max_size=6).map(tuple))


@settings(
    max_examples=EXAMPLES or 700,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(case=_CASES)
@example(case=Case(".jpg", ()))
def test_no_spoiled_file_does_harm(victim: Victim, case: Case) -> None:
    meet(victim, case)


@pytest.mark.parametrize("name", bombs.PHOTOS)
def test_no_bomb_goes_off(victim: Victim, tmp_path: Path, name: str) -> None:
    bombs.write_photo(tmp_path, name)
    assert not victim.meet(tmp_path).finding


@pytest.mark.parametrize("name", bombs.REFUSED)
def test_more_xmp_than_any_program_writes_is_an_error_of_the_photo(victim: Victim, tmp_path: Path, name: str) -> None:
    bombs.write_photo(tmp_path, name)
    outcome = victim.meet(tmp_path)
    assert outcome.errors == ["metadata-unreadable"] * 4  # read twice, written beside and into
    assert outcome.decoded == 1, "the picture itself is fine"


@pytest.mark.parametrize("name", bombs.SIDECARS)
def test_no_bomb_in_a_sidecar_goes_off(victim: Victim, tmp_path: Path, name: str) -> None:
    bombs.write_sidecar(tmp_path, name)
    outcome = victim.meet(tmp_path)
    assert not outcome.finding
    assert outcome.decoded == 1, "the photo itself is fine"
    if name != "items":  # a long list is odd, but no bomb
        assert outcome.errors == ["sidecar-damaged"] * 3
