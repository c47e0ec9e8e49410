"""Finding photos in folders."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.scanner import EARLY_SIZE, FIRST_SIZE, Scanner, natural_key, scan


def touch(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(*paths: Path, recursive: bool = True) -> list[Path]:
    return [
        listing.folder / entry.name for listing in scan(list(paths), recursive=recursive) for entry in listing.entries
    ]


def test_photos_are_found_in_natural_order_and_folders_after_their_files(tmp_path: Path) -> None:
    for name in ("IMG_10.jpg", "img_9.JPG", "IMG_1.heic", "notes.txt", "b/z.png", "a/2.tif", "a/10.webp"):
        touch(tmp_path / name)
    names = [path.relative_to(tmp_path).as_posix() for path in found(tmp_path)]
    assert names == ["IMG_1.heic", "img_9.JPG", "IMG_10.jpg", "a/2.tif", "a/10.webp", "b/z.png"]


def test_subfolders_are_left_out_on_request(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg")
    touch(tmp_path / "sub" / "b.jpg")
    assert found(tmp_path, recursive=False) == [tmp_path / "a.jpg"]


def test_hidden_files_and_folders_are_no_photos(tmp_path: Path) -> None:
    touch(tmp_path / "._a.jpg")
    touch(tmp_path / ".thumbnails" / "b.jpg")
    touch(tmp_path / ".a.jpg.lmd-1.tmp")
    assert found(tmp_path) == []


def test_a_file_named_explicitly_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    photo = touch(tmp_path / "scan.bin")
    assert found(photo) == [photo]


def test_entries_carry_size_and_time(tmp_path: Path) -> None:
    photo = touch(tmp_path / "a.jpg", b"12345")
    os.utime(photo, ns=(1, 1_700_000_000_123_456_700))
    (listing,) = scan([tmp_path])
    (entry,) = listing.entries
    assert entry.size == 5
    assert entry.mtime_ns == photo.stat().st_mtime_ns


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges on Windows")
def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert found(tmp_path) == [tmp_path / "a" / "1.jpg"]


def test_a_missing_folder_is_an_error_and_the_others_go_on(tmp_path: Path) -> None:
    photo = touch(tmp_path / "a.jpg")
    listings = list(scan([tmp_path / "gone", tmp_path]))
    assert listings[0].error is not None
    assert listings[0].error.code is ErrorCode.FOLDER_MISSING
    assert [entry.name for entry in listings[1].entries] == [photo.name]


def test_an_unreadable_folder_is_an_error_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "a.jpg")
    touch(tmp_path / "locked" / "b.jpg")
    touch(tmp_path / "open" / "c.jpg")
    real = os.scandir

    def scandir(folder: Path) -> object:  # root may read any folder, so permissions cannot be used here
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr("landmark_desktop.services.scanner.os.scandir", scandir)
    listings = list(scan([tmp_path]))
    errors = [listing.error for listing in listings if listing.error is not None]
    assert [error.code for error in errors] == [ErrorCode.FOLDER_UNREADABLE]
    assert "Permission denied" in errors[0].message
    names = [entry.name for listing in listings for entry in listing.entries]
    assert names == ["a.jpg", "c.jpg"]


def test_a_large_folder_comes_in_parts_and_can_be_cancelled(tmp_path: Path) -> None:
    for number in range(FIRST_SIZE + 10):
        touch(tmp_path / f"{number}.jpg")
    token = CancelToken()
    listings = scan([tmp_path], token=token)
    assert len(next(listings).entries) == FIRST_SIZE
    token.cancel()
    assert list(listings) == []


def test_natural_key_orders_mixed_names() -> None:
    names = ["b", "a10", "a9", "10", "9", "A1", "é"]
    assert sorted(names, key=natural_key) == ["9", "10", "A1", "a9", "a10", "b", "é"]


def test_a_folder_that_takes_its_time_is_shown_in_part_before_it_is_read(tmp_path: Path) -> None:
    for number in range(300):
        touch(tmp_path / f"{number}.jpg")
    touch(tmp_path / "0.cr2")
    seconds = iter(range(10_000))
    listings = list(Scanner(CancelToken(), early=True, clock=lambda: next(seconds)).scan([tmp_path]))
    early = [listing for listing in listings if listing.is_early]
    assert early
    assert 0 < sum(len(listing.entries) for listing in early) <= EARLY_SIZE
    assert not any(entry.name.endswith("cr2") for listing in early for entry in listing.entries)
    whole = [entry.name for listing in listings if not listing.is_early for entry in listing.entries]
    assert whole == [f"{number}.jpg" for number in range(300)]
    assert [listing.is_last for listing in listings] == [False] * (len(listings) - 1) + [True]


def test_parts_say_where_they_begin_and_the_last_one_names_the_subfolders(tmp_path: Path) -> None:
    for number in range(FIRST_SIZE + 5):
        touch(tmp_path / f"{number}.jpg")
    (tmp_path / "sub").mkdir()
    listings = list(scan([tmp_path]))
    assert [(listing.first, len(listing.entries), listing.is_last) for listing in listings] == [
        (0, FIRST_SIZE, False),
        (FIRST_SIZE, 5, True),
        (0, 0, True),
    ]
    assert [listing.folders for listing in listings] == [(), ("sub",), ()]
    assert listings[1].order < listings[2].order


def test_a_raw_file_and_its_jpeg_are_one_entry(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg", b"jpeg")
    raw = touch(tmp_path / "A.NEF", b"raw picture")
    (listing,) = scan([tmp_path])
    (entry,) = listing.entries
    (companion,) = entry.companions
    assert (entry.name, companion.name, companion.size) == ("a.jpg", "A.NEF", raw.stat().st_size)


def test_every_folder_is_told_of_before_it_is_read(tmp_path: Path) -> None:
    sub = touch(tmp_path / "sub" / "a.jpg").parent
    told: list[Path] = []

    def on_folder(folder: Path, *_: object) -> None:
        told.append(folder)
        if folder == sub:
            touch(sub / "b.jpg")  # what appears right after is in the listing

    listings = list(Scanner(CancelToken(), on_folder=on_folder).scan([tmp_path]))
    assert told == [tmp_path, sub]
    assert [entry.name for entry in listings[-1].entries] == ["a.jpg", "b.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges on Windows")
def test_loops_and_links_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "itself.jpg").symlink_to(tmp_path / "itself.jpg")
    errors = {listing.error.code: listing.error for listing in scan([tmp_path]) if listing.error is not None}
    assert "back" in errors[ErrorCode.FOLDER_LOOP].message
    assert "broken.jpg" in errors[ErrorCode.FILE_MISSING].message
    assert "itself.jpg" in errors[ErrorCode.FILE_READ_FAILED].message


@pytest.mark.skipif(sys.platform == "win32", reason="links need privileges on Windows")
def test_a_second_way_to_a_folder_is_no_loop_and_shows_its_photos_once(tmp_path: Path) -> None:
    photo = touch(tmp_path / "a" / "1.jpg")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert found(tmp_path) == [photo]
    assert all(listing.error is None for listing in scan([tmp_path]))


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only there")
def test_names_of_any_bytes_and_of_full_length_are_listed(tmp_path: Path) -> None:
    names = {os.fsdecode(b"\xff\xe9.jpg"), "x" * 251 + ".jpg", "new\nline.jpg"}
    for name in names:
        touch(tmp_path / name)
    assert {path.name for path in found(tmp_path)} == names


def test_folders_too_deep_for_the_system_are_said_and_the_others_go_on(tmp_path: Path) -> None:
    photo = touch(tmp_path / "z.jpg")
    deep = tmp_path / "deep"
    deep.mkdir()
    before = Path.cwd()
    os.chdir(deep)
    try:
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
        touch(Path("a.jpg"))
    finally:
        os.chdir(before)
    listings = list(scan([tmp_path]))
    shutil.rmtree(deep)  # nobody else could, by its name
    assert [listing.folder / entry.name for listing in listings for entry in listing.entries] == [photo]
    (error,) = [listing.error for listing in listings if listing.error is not None]
    assert error.code is ErrorCode.FOLDER_UNREADABLE


def test_a_folder_that_vanishes_during_the_scan_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "1.jpg")
    last = touch(tmp_path / "b" / "2.jpg")
    listings = scan([tmp_path])
    seen = [next(listings)]
    (tmp_path / "a" / "1.jpg").unlink()
    (tmp_path / "a").rmdir()
    seen += listings
    assert [listing.folder / entry.name for listing in seen for entry in listing.entries] == [last]
    assert [listing.error.code for listing in seen if listing.error is not None] == [ErrorCode.FOLDER_UNREADABLE]


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_pipes_named_like_photos_are_said_and_never_opened(tmp_path: Path) -> None:
    """Opening one would wait for ever."""
    (tmp_path / "a.png").write_bytes(b"a")
    os.mkfifo(tmp_path / "pipe.jpg")
    *problems, photos = scan([tmp_path])
    assert [entry.name for entry in photos.entries] == ["a.png"]
    (alone,) = scan([tmp_path / "pipe.jpg"])
    for listing in (*problems, alone):
        assert listing.error is not None
        assert listing.error.message == "pipe.jpg could not be read: it is no ordinary file."
    assert len(problems) == 1
