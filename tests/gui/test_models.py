"""What models show, and how they change. That each keeps Qt's rules is in ``test_model_rules``."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.guess import Guess, Guesses, Thresholds
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import FieldChange, ReviewedBy, Run, RunState, TagChange, TagRequest
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.tagging import Plan, PlannedTag, TagOptions, TagResult
from landmark_desktop.ui.landmark_picker import LandmarkList
from landmark_desktop.ui.landmark_search import LandmarkSearch
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.model import PHOTO_ID_ROLE, PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.plan_model import PlanModel
from landmark_desktop.ui.results import ResultModel
from landmark_desktop.ui.runs_dialog import RunModel
from tests import tables
from tests.bundles import EIFFEL, LANDMARKS, THRESHOLDS

IDENTITY = FileIdentity(1, 1)


def record(photo_id: int, confidence: float | None = None, *, landmark: str = "eiffel_tower") -> PhotoRecord:
    photo = Photo(photo_id, Path(f"/trip/IMG_{photo_id}.jpg"), IDENTITY)
    if confidence is None:
        return PhotoRecord(photo)
    return PhotoRecord(photo, Guesses((Guess(landmark, confidence), Guess("petra", 0.0)), 0.1))


class Photos(PhotoModel):
    """The grid's model with a table of its own."""

    def __init__(self, thumbnail: Callable[[int], QImage | None] = lambda _: None) -> None:
        self.table = PhotoTable()
        super().__init__(self.table, thumbnail)
        self.use({landmark.id: landmark for landmark in LANDMARKS}, THRESHOLDS)

    def add(self, *records: PhotoRecord) -> None:
        """Photos were found, or have changed."""
        self.put(tables.put(self.table, records))

    def take(self, *photo_ids: int) -> None:
        """Photos have vanished."""
        self.put(self.table.remove(self.table.slots(photo_ids)))


@pytest.fixture
def photos(qtbot: QtBot) -> Photos:
    return Photos()


def watch(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Watches a model as long as it lives; what it finds is a warning, which fails the test."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)


def test_the_grids_model_stays_sound_through_all_changes(photos: Photos, qtbot: QtBot) -> None:
    watch(photos)
    rng = random.Random(1)
    photos.add(*(record(photo_id) for photo_id in range(60)))
    for step in range(60):
        photos.add(*(record(rng.randrange(90), rng.choice([None, 0.05, 0.5, 0.9])) for _ in range(9)))
        photos.take(*(rng.randrange(90) for _ in range(3)))
        if step % 5 == 0:
            photos.set_query(PhotoQuery(rng.choice(list(Bucket)), (), rng.choice(list(SortOrder))))
        if step % 11 == 0:
            photos.thumbnails_changed(range(0, 90, 3))
        wanted = photos.query.bucket
        tiles = [tile for tile in map(photos.tile, range(90)) if tile is not None]
        expected = [tile.id for tile in tiles if wanted is Bucket.ALL or tile.bucket is wanted]
        assert sorted(photos.shown_ids) == expected
        assert [photos.row(photo_id) for photo_id in photos.shown_ids] == list(range(photos.rowCount()))
    photos.clear()
    assert photos.rowCount() == 0


def test_a_guess_that_arrives_moves_the_photo_and_what_points_to_it(photos: Photos, qtbot: QtBot) -> None:
    watch(photos)
    photos.set_query(PhotoQuery(order=SortOrder.CONFIDENCE))
    photos.add(*(record(photo_id, 0.5) for photo_id in range(4)))
    third = QPersistentModelIndex(photos.index(3))
    with qtbot.waitSignal(photos.layoutChanged):
        photos.add(record(3, 0.99))
    assert list(photos.shown_ids) == [3, 0, 1, 2]
    assert third.row() == 0
    assert third.data(PHOTO_ID_ROLE) == 3


def test_photos_found_later_take_their_place(photos: Photos, qtbot: QtBot) -> None:
    photos.set_query(PhotoQuery(order=SortOrder.CONFIDENCE))
    photos.add(*(record(photo_id, 0.9 - photo_id / 100) for photo_id in range(20)))
    with qtbot.waitSignal(photos.layoutChanged):
        photos.add(record(20, 0.95), record(21, 0.855), record(22, 0.1))
    assert list(photos.shown_ids) == [20, *range(5), 21, *range(5, 20), 22]


def test_counts_follow_every_change(photos: Photos) -> None:
    photos.add(record(1), record(2, 0.9), record(3, 0.5), record(4, 0.1))
    assert dict(photos.counts) == {
        Bucket.ALL: 4,
        Bucket.LANDMARK: 1,
        Bucket.UNSURE: 1,
        Bucket.NONE: 1,
        Bucket.ERRORS: 0,
    }
    assert photos.unclassified == 1
    accepted = record(2, 0.9).with_review(Review(ReviewState.ACCEPTED, "eiffel_tower"))
    photos.add(record(1, 0.9), accepted)
    assert (photos.counts[Bucket.LANDMARK], photos.unclassified, photos.pending) == (2, 0, 1)


def test_a_photo_leaves_the_grid_when_its_verdict_no_longer_fits_the_filter(photos: Photos) -> None:
    watch(photos)
    photos.add(*(record(photo_id, 0.5) for photo_id in range(5)))
    photos.set_query(PhotoQuery(Bucket.UNSURE))
    photos.add(record(1, 0.95), record(2, 0.95), record(4, 0.1))
    assert list(photos.shown_ids) == [0, 3]


def test_photos_that_vanish_leave_the_grid_and_come_back_at_their_place(photos: Photos, qtbot: QtBot) -> None:
    watch(photos)
    photos.add(*(record(photo_id, 0.9) for photo_id in range(300)))
    photos.take(1, 2)
    assert list(photos.shown_ids) == [0, *range(3, 300)]
    photos.take(*range(5, 300, 2))  # in more pieces than are taken out one by one
    assert list(photos.shown_ids) == [0, 3, *range(4, 300, 2)]
    assert photos.counts[Bucket.ALL] == 150
    with qtbot.waitSignal(photos.layoutChanged):
        photos.add(record(1, 0.9))
    assert list(photos.shown_ids)[:3] == [0, 1, 3]


def test_other_thresholds_are_other_verdicts_and_counts(photos: Photos) -> None:
    watch(photos)
    photos.add(record(1, 0.9), record(2, 0.6))
    photos.set_query(PhotoQuery(Bucket.LANDMARK))
    photos.use({}, Thresholds(0.5, 0.1, 0.0, 1.0))
    assert list(photos.shown_ids) == [1, 2]
    assert photos.counts[Bucket.LANDMARK] == 2


def test_the_photos_to_accept_at_once_are_the_sure_ones_without_an_answer(photos: Photos) -> None:
    answered = record(3, 0.95).with_review(Review(ReviewState.REJECTED, None))
    photos.add(record(1, 0.9), record(2, 0.5), answered, record(4, 0.95))
    assert photos.acceptable_ids() == [1, 4]


def test_data_asks_only_the_memory_for_thumbnails(qtbot: QtBot) -> None:
    asked: list[int] = []

    def thumbnail(photo_id: int) -> QImage | None:
        asked.append(photo_id)
        return None

    model = Photos(thumbnail)
    model.add(record(7, 0.9))
    assert model.index(0).data() == "IMG_7.jpg"
    assert asked == []


def planned(photo_id: int, fields: int, *, error: bool = False) -> PlannedTag:
    item = record(photo_id, 0.9)
    if error:
        return PlannedTag(item, None, MetadataError(ErrorCode.SIDECAR_DAMAGED, name="x.xmp"))
    path = item.photo.path
    time = datetime(2024, 5, 1, tzinfo=UTC)
    request = TagRequest(path, EIFFEL, "b", "1", 0.9, ReviewedBy.USER, True, "run", time)
    changes = tuple(FieldChange(f"Xmp.field{index}", "", "value") for index in range(fields))
    return PlannedTag(item, TagChange(request, path.with_suffix(".xmp"), False, changes, IDENTITY, None, ("a note",)))


@pytest.fixture
def plan() -> Plan:
    return Plan("run", TagOptions(), (planned(1, 3), planned(2, 0), planned(3, 0, error=True), planned(4, 2)))


def test_the_preview_of_a_run_has_failures_first_and_fields_below_photos(plan: Plan, qtbot: QtBot) -> None:
    model = PlanModel(plan)
    assert [model.index(row, 0).data() for row in range(4)] == ["IMG_3.jpg", "IMG_1.jpg", "IMG_4.jpg", "IMG_2.jpg"]
    first = model.index(1, 0)
    assert model.rowCount(first) == 3
    field = model.index(2, 2, first)
    assert field.data() == "value"
    assert model.parent(field) == first
    assert model.index(1, 2).data() == "Eiffel Tower · a note"
    assert model.rowCount(field) == 0


def test_fields_are_named_for_people_and_exactly_in_the_tool_tip(qtbot: QtBot) -> None:
    item = planned(1, 0)
    assert item.change is not None
    keys = ("Xmp.lr.hierarchicalSubject", "Xmp.foreign.thing")
    change = replace(item.change, fields=tuple(FieldChange(key, "", "x") for key in keys))
    model = PlanModel(Plan("run", TagOptions(), (replace(item, change=change),)))
    photo = model.index(0, 0)
    assert model.index(0, 0, photo).data() == "Keywords · hierarchicalSubject"
    assert model.index(0, 0, photo).data(Qt.ItemDataRole.ToolTipRole) == keys[0]
    assert model.index(1, 0, photo).data() == "thing"


def test_results_runs_and_landmarks_say_what_there_is_to_know(qtbot: QtBot) -> None:
    results, runs, landmarks = ResultModel(), RunModel(), LandmarkList(LandmarkSearch(LANDMARKS))
    path = Path("/trip/IMG_1.jpg")
    failure = MetadataError(ErrorCode.WRITE_NO_SPACE, name="IMG_1.jpg")
    results.show_results([TagResult(1, path, path, RunState.DONE), TagResult(2, path, path, RunState.FAILED, failure)])
    runs.show_runs([Run("r", datetime(2024, 5, 1, tzinfo=UTC), 12408, 12400, 8, 0, ("/trip",))])
    landmarks.search("pet")
    assert "is full" in results.index(0, 2).data()
    assert runs.index(0, 5).data() == "/trip"
    assert landmarks.landmark(0).id == "petra"
    assert landmarks.rowCount(QModelIndex()) == 1


@pytest.fixture
def grid(photos: Photos, qtbot: QtBot) -> PhotoView:
    """A grid with the most confident first, in which one photo has arrived."""
    view = PhotoView(photos)
    qtbot.addWidget(view)
    photos.set_query(PhotoQuery(order=SortOrder.CONFIDENCE))
    view.resize(600, 400)
    with qtbot.waitExposed(view):
        view.show()
    photos.add(record(1, 0.5))
    return view


def test_the_first_photo_is_current_also_where_it_arrives_later(grid: PhotoView, photos: Photos, qtbot: QtBot) -> None:
    assert grid.current_id == 1
    with qtbot.waitSignal(photos.layoutChanged):
        photos.add(record(2, 0.9), record(3, 0.4))
    assert grid.current_id == 2
    assert grid.selected_ids() == [2]


@pytest.mark.parametrize("touch", ["key", "click"])
def test_the_photo_that_the_user_has_come_to_stays_current(
    grid: PhotoView, photos: Photos, qtbot: QtBot, touch: str
) -> None:
    if touch == "key":
        photos.add(record(3, 0.4))
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        qtbot.keyClick(grid, Qt.Key.Key_Left)
    else:
        where = grid.visualRect(photos.index(0)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(photos.layoutChanged):
        photos.add(record(2, 0.9))
    assert grid.current_id == 1
    assert grid.currentIndex().row() == 1
