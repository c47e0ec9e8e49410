"""Where a library lies: on a full disk, in a folder that may not be written, in use by another program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.database import Database
from landmark_desktop.store.library import Library
from tests.hardening import damage

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = Review(ReviewState.ACCEPTED, "petra")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return


def test_a_disk_that_fills_up_is_told_and_takes_no_review_along(
    small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = small_disk / "library.sqlite"
    library = Library.open(path)
    records = damage.records_of(library)
    library.save_reviews([(record.id, ACCEPTED) for record in records[:10]])
    fill(small_disk / "film.mov")
    kept = records[:10]

    def review_the_others() -> None:
        for record in records[10:]:
            library.save_reviews([(record.id, ACCEPTED)])
            kept.append(record)

    with pytest.raises(LibraryError) as caught:
        review_the_others()
    assert caught.value.code is ErrorCode.LIBRARY_UNWRITABLE
    assert "Free some disk space" in caught.value.remedy
    assert len(damage.reviews_of(library)) == len(kept)
    (small_disk / "film.mov").unlink()
    library.save_reviews([(records[-1].id, ACCEPTED)])  # it goes on without a new start
    library.close()
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    again = Library.open(path)  # the safety copy made up for what it had no room for
    assert again.notice is not None
    assert again.notice.code is ErrorCode.LIBRARY_CORRUPT
    assert len(damage.reviews_of(again)) == len(kept) + 1
    again.close()


def test_no_room_to_recover_leaves_the_damaged_library_where_it_is(
    small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = small_disk / "library.sqlite"
    library = Library.open(path)
    records = damage.records_of(library)
    library.save_reviews([(record.id, ACCEPTED) for record in records])
    library.close()
    damaged = bytes(100) + path.read_bytes()[100:]
    path.write_bytes(damaged)
    fill(small_disk / "film.mov")
    with pytest.raises(LibraryError) as caught:
        Library.open(path)
    assert caught.value.code is ErrorCode.LIBRARY_UNWRITABLE
    assert path.read_bytes() == damaged
    (small_disk / "film.mov").unlink()
    again = Library.open(path)
    assert len(damage.reviews_of(again)) == len(records)
    again.close()


AS_NOBODY = """
import os, sys
from pathlib import Path
from landmark_desktop.core.errors import KnownError
from landmark_desktop.store.library import Library
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Library.open(Path(sys.argv[1])).close()
except KnownError as error:
    print(error.code.value, "|", error.remedy)
else:
    print("opened")
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="gives powers up")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_not_be_written_is_told_with_what_helps(there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    path = folder / "library.sqlite"
    if there:
        Library.open(path).close()
        path.chmod(0o444)
    before = sorted(file.name for file in folder.iterdir())
    folder.chmod(0o555)
    for parent in (tmp_path, *list(tmp_path.parents)[:-2]):  # somebody else must be able to get there
        if parent.stat().st_uid == os.getuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    folder.chmod(0o755)
    assert done.stdout.startswith("library-unwritable | ")
    assert "write permission for its folder" in done.stdout
    assert sorted(file.name for file in folder.iterdir()) == before


def test_two_programs_review_in_one_library_and_both_reviews_stand(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library.sqlite"
    window, command = Library.open(path), Library.open(path)
    records = damage.records_of(window)
    damage.records_of(command)
    for first, second in zip(records[::2], records[1::2], strict=True):
        window.save_reviews([(first.id, ACCEPTED)])
        command.save_reviews([(second.id, Review(ReviewState.REJECTED, None))])
    window.close()
    command.close()
    path.unlink()
    again = Library.open(path)  # what both told the safety copy
    assert len(damage.reviews_of(again)) == len(records)
    assert again.notice is not None
    again.close()


HOLDER = """
import sys
from pathlib import Path
from landmark_desktop.store.library import Library
library = Library.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be renamed there")
def test_a_damaged_library_is_not_taken_away_from_a_program_that_has_it_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    damage.fill(library)
    library.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with path.open("r+b") as file:
            file.write(bytes(100))
        with pytest.raises(LibraryError) as caught:
            Library.open(path)
        assert caught.value.code is ErrorCode.LIBRARY_LOCKED
        assert list(tmp_path.glob("*.damaged*")) == []
        holder.communicate()
    again = Library.open(path)
    assert again.notice is not None
    assert len(damage.reviews_of(again)) == damage.REVIEWS
    again.close()


def test_a_command_that_meets_a_library_that_is_written_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landmark_desktop.store.database.BUSY_TIMEOUT_S", 0.05)
    path = tmp_path / "library.sqlite"
    writer = Database.open(path)
    with writer.transaction():
        reader = Library.open(path)  # reading waits for nobody
        assert reader.journal.runs() == []
        with pytest.raises(LibraryError) as caught:
            reader.save_reviews([(1, None)])
    assert caught.value.code is ErrorCode.LIBRARY_LOCKED
    assert caught.value.remedy == "Close the other window of Landmark Desktop and try again."
    reader.save_reviews([(1, None)])
    reader.close()
    writer.close()
