"""A photo of which one file is broken is shown from the other, and says so."""

from pathlib import Path

import pytest
from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, KnownError
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.photo_rows import Ids
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.thumbnails import thumbnail_of
from tests import tables
from tests.bundles import COLOURS, colour_picture, write_bundle
from tests.camera_files import dng, jpeg
from tests.scripted import ScriptedClassifier

EIFFEL = colour_picture(COLOURS["eiffel_tower"])


def refuse(error: KnownError) -> None:
    raise error


class Desk:
    """A library, and what a classification says of the folder."""

    def __init__(self, folder: Path) -> None:
        self.bundle: Bundle = write_bundle(folder / "bundle", b"no model is needed here")
        self.library = folder / "library.sqlite"
        self.folder = folder / "photos"
        self.folder.mkdir()
        self.classifier = ScriptedClassifier(self.bundle)

    def raw(self, name: str = "a.dng") -> Path:
        return dng(self.folder / name, EIFFEL, previews=[jpeg(EIFFEL)])

    def broken(self, name: str = "a.jpg") -> Path:
        path = self.folder / name
        path.write_bytes(bytes(5000))  # as recovering a card leaves files
        return path

    def classify(self, folder: Path | None = None) -> list[PhotoRecord]:
        with BatchClassifier(self.library, self.bundle, lambda: self.classifier) as batch:
            return list(batch.run([folder or self.folder], recursive=True, on_found=lambda _: None, on_error=refuse))

    def review(self, record: PhotoRecord) -> None:
        with BatchClassifier(self.library, self.bundle, lambda: self.classifier) as batch:
            batch.db.call(batch.library.save_reviews, [(record.id, Review(ReviewState.ACCEPTED, "eiffel_tower"))])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def looks_like_eiffel(image: Image.Image) -> bool:
    pixel = image.resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    colour = COLOURS["eiffel_tower"]
    return pixel.index(max(pixel)) == colour.index(max(colour))


def first_guess(record: PhotoRecord) -> str | None:
    first = record.guesses.first if record.guesses is not None else None
    return None if first is None else first.landmark_id


def test_a_broken_jpeg_is_shown_from_the_raw_file_beside_it(desk: Desk) -> None:
    desk.broken()
    desk.raw()
    for _ in range(2):  # and when it is opened again
        (record,) = desk.classify()
        assert (record.photo.name, record.error, first_guess(record)) == ("a.jpg", None, "eiffel_tower")
        assert record.note is not None
        assert record.note.code is ErrorCode.SHOWN_FROM_OTHER
        assert record.note.message == "a.jpg cannot be shown, so you see a.dng in its place."
    thumbnail, is_of_the_first = thumbnail_of(record.photo)
    assert looks_like_eiffel(thumbnail)
    assert not is_of_the_first


def test_the_window_knows_of_it_and_does_not_count_it_as_broken(desk: Desk) -> None:
    desk.broken()
    desk.raw()
    (record,) = desk.classify()
    table = PhotoTable(Ids())
    tables.put(table, [record])
    found = table.record(record.id)
    assert found.error is None
    assert found.note is not None
    assert not table.column("failed")[0]


def test_a_broken_raw_file_beside_a_good_jpeg_is_no_matter(desk: Desk) -> None:
    desk.broken("a.dng")
    EIFFEL.save(desk.folder / "a.jpg")
    (record,) = desk.classify()
    assert (record.error, record.note, first_guess(record)) == (None, None, "eiffel_tower")


def test_of_two_raw_files_the_good_one_is_shown(desk: Desk) -> None:
    desk.broken("a.cr2")
    desk.raw("a.dng")
    (record,) = desk.classify()
    assert record.error is None
    assert record.note is not None
    assert record.note.params["other"] == "a.dng"


def test_what_is_seen_in_the_raw_file_is_not_said_of_other_broken_files(desk: Desk) -> None:
    desk.broken("a.jpg")
    desk.raw("a.dng")
    desk.broken("b.jpg")
    first, second = desk.classify()
    assert first.error is None
    assert second.error is not None
    assert second.guesses is None


def test_where_both_are_broken_the_first_ones_error_is_told(desk: Desk) -> None:
    desk.broken("a.jpg")
    desk.broken("a.dng")
    (record,) = desk.classify()
    assert record.error is not None
    assert record.error.params["name"] == "a.jpg"


def test_the_raw_file_may_come_later_and_go_again(desk: Desk) -> None:
    desk.broken()
    (record,) = desk.classify()
    assert record.error is not None
    raw = desk.raw()
    (record,) = desk.classify()
    assert (record.error, first_guess(record)) == (None, "eiffel_tower")
    raw.unlink()
    (record,) = desk.classify()
    assert record.error is not None
    assert record.guesses is None


def test_a_jpeg_that_is_repaired_is_shown_itself(desk: Desk) -> None:
    path = desk.broken()
    desk.raw()
    desk.classify()
    colour_picture(COLOURS["petra"]).save(path)
    (record,) = desk.classify()
    assert (record.note, first_guess(record)) == (None, "petra")


def test_such_a_photo_keeps_its_review_when_it_is_moved(desk: Desk) -> None:
    desk.broken()
    desk.raw()
    (record,) = desk.classify()
    desk.review(record)
    moved = desk.folder.rename(desk.folder.with_name("moved"))
    (found,) = desk.classify(moved)
    assert found.id == record.id
    assert found.review is not None
    assert found.note is not None
