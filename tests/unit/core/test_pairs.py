"""Which files are one photo."""

import pytest

from landmark_desktop.core.pairs import is_listed_name, join_pairs
from landmark_desktop.core.photo import PHOTO_SUFFIXES
from landmark_desktop.core.record import FileEntry

RAW_IS_READ = ".cr2" in PHOTO_SUFFIXES


def joined(*names: str) -> list[tuple[str, ...]]:
    """Each photo as the names of its files, the one that stands for it first."""
    photos = join_pairs([FileEntry(name, index, 10 * index) for index, name in enumerate(names)])
    return [(photo.name, *(companion.name for companion in photo.companions)) for photo in photos]


def test_a_raw_file_belongs_to_the_jpeg_of_its_name_whatever_the_case() -> None:
    assert joined("img_1.jpg", "IMG_1.CR2", "IMG_2.JPG") == [("img_1.jpg", "IMG_1.CR2"), ("IMG_2.JPG",)]


def test_companions_carry_size_and_time() -> None:
    (photo,) = join_pairs([FileEntry("a.nef", 5, 50), FileEntry("a.jpg", 6, 60)])
    assert (photo.size, photo.mtime_ns) == (6, 60)
    assert [(file.name, file.size, file.mtime_ns) for file in photo.companions] == [("a.nef", 5, 50)]


def test_the_jpeg_is_quicker_to_decode_than_the_heif_beside_the_raw_file() -> None:
    assert joined("a.hif", "a.cr3", "a.jpg") == [("a.hif",), ("a.jpg", "a.cr3")]
    assert joined("a.hif", "a.cr3") == [("a.hif", "a.cr3")]


def test_an_export_beside_the_raw_file_is_a_photo_of_its_own() -> None:
    names = {photo[0] for photo in joined("a.tif", "a.png", "a.arw", "a.jpg")}
    assert names == {"a.tif", "a.png", "a.jpg"}


def test_of_two_names_that_differ_in_case_the_one_written_alike_is_the_partner() -> None:
    assert joined("A.jpg", "a.jpg", "a.dng") == [("A.jpg",), ("a.jpg", "a.dng")]


def test_a_live_photo_has_its_film_and_a_film_alone_is_no_photo() -> None:
    assert joined("IMG_1.HEIC", "IMG_1.MOV", "MVI_2.MOV") == [("IMG_1.HEIC", "IMG_1.MOV")]
    assert joined("a.jpg", "a.mov") == [("a.jpg", "a.mov")]


def test_the_film_belongs_to_the_heic_rather_than_to_its_converted_copy() -> None:
    assert joined("a.jpg", "a.heic", "a.mov") == [("a.jpg",), ("a.heic", "a.mov")]


def test_raw_picture_and_film_of_one_name_are_one_photo() -> None:
    assert joined("a.dng", "a.heic", "a.mov") == [("a.heic", "a.dng", "a.mov")]


@pytest.mark.skipif(not RAW_IS_READ, reason="raw files are not read in this version")
def test_raw_files_alone_are_photos_and_two_of_one_name_are_one() -> None:
    assert joined("a.cr2", "b.CR2") == [("a.cr2",), ("b.CR2",)]
    assert joined("a.cr2", "a.dng", "a.mov") == [("a.cr2", "a.dng", "a.mov")]


def test_other_photos_keep_their_order() -> None:
    assert joined("c.jpg", "b.jpg", "b.nef", "a.jpg") == [("c.jpg",), ("b.jpg", "b.nef"), ("a.jpg",)]


def test_hidden_files_and_documents_are_not_listed() -> None:
    names = ["a.jpg", "a.NEF", "a.mov", ".a.jpg", ".a.nef", "a.txt", "a.mp3", "jpg"]
    assert [name for name in names if is_listed_name(name)] == ["a.jpg", "a.NEF", "a.mov"]
