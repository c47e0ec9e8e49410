"""Finding photos in folders."""

import os
import sys
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.scanner import LISTING_SIZE, natural_key, scan


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
    for number in range(LISTING_SIZE + 10):
        touch(tmp_path / f"{number}.jpg")
    token = CancelToken()
    listings = scan([tmp_path], token=token)
    assert len(next(listings).entries) == LISTING_SIZE
    token.cancel()
    assert list(listings) == []


def test_natural_key_orders_mixed_names() -> None:
    names = ["b", "a10", "a9", "10", "9", "A1", "é"]
    assert sorted(names, key=natural_key) == ["9", "10", "A1", "a9", "a10", "b", "é"]
