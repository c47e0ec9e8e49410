"""Every model of the window keeps Qt's rules: empty, filled, and while it changes. A model without a case fails."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

import landmark_desktop.ui
from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.tag import FieldChange, ReviewedBy, Run, RunState, TagChange, TagRequest
from landmark_desktop.core.transfer import TransferState
from landmark_desktop.services.count_tree import Step
from landmark_desktop.services.organising import OrganiseResult
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.tagging import Plan, PlannedTag, TagOptions, TagResult
from landmark_desktop.ui.landmark_picker import LandmarkList
from landmark_desktop.ui.landmark_search import LandmarkSearch
from landmark_desktop.ui.landmark_table import LandmarkModel, _Filter
from landmark_desktop.ui.organise_model import OrganiseModel
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.plan_model import PlanModel
from landmark_desktop.ui.results import ResultModel
from landmark_desktop.ui.runs_dialog import RunModel
from landmark_desktop.ui.sidebar.folder_model import FolderModel
from landmark_desktop.ui.sidebar.place_model import PlaceModel
from landmark_desktop.ui.sidebar.run_model import LatestRuns
from landmark_desktop.ui.sidebar.tree_model import TreeModel
from landmark_desktop.ui.tallies import Tallies
from tests import tables
from tests.bundles import EIFFEL, LANDMARKS, THRESHOLDS

Steps = Iterator[QAbstractItemModel]
"""Yields the model after each change."""
PATH = Path("/trip/IMG_1.jpg")
TIME = datetime(2024, 5, 1, tzinfo=UTC)
FAILURE = MetadataError(ErrorCode.WRITE_NO_SPACE, name="IMG_1.jpg")


def record(photo_id: int, confidence: float) -> PhotoRecord:
    photo = Photo(photo_id, PATH.with_stem(f"IMG_{photo_id}"), FileIdentity(1, 1))
    return PhotoRecord(photo, Guesses((Guess("eiffel_tower", confidence), Guess("petra", 0.0)), 0.1))


def run(name: str, undone: int = 0) -> Run:
    return Run(name, TIME, photos=3, done=3 - undone, failed=0, undone=undone, folders=("/trip",))


def grid() -> Steps:
    table = PhotoTable()
    model = PhotoModel(table, lambda _: None)
    model.use({landmark.id: landmark for landmark in LANDMARKS}, THRESHOLDS)
    yield model
    model.put(tables.put(table, [record(number, number / 20) for number in range(20)]))
    yield model
    model.set_query(PhotoQuery(Bucket.LANDMARK, order=SortOrder.LEAST_CERTAIN))
    yield model
    model.put(table.remove(table.slots([17, 19])))
    yield model
    model.clear()
    yield model


def preview() -> Steps:
    request = TagRequest(PATH, EIFFEL, "b", "1", 0.9, ReviewedBy.USER, True, "run", TIME)
    changes = tuple(FieldChange(f"Xmp.field{index}", "", "value") for index in range(3))
    change = TagChange(request, PATH.with_suffix(".xmp"), False, changes, FileIdentity(1, 1), None)
    yield PlanModel(Plan("run", TagOptions(), ()))
    same = PlannedTag(record(2, 0.9), replace(change, fields=()))
    broken = PlannedTag(record(3, 0.9), None, FAILURE)
    yield PlanModel(Plan("run", TagOptions(), (PlannedTag(record(1, 0.9), change), same, broken)))


def results() -> Steps:
    model = ResultModel()
    yield model
    model.show_results([TagResult(1, PATH, PATH, RunState.DONE), TagResult(2, PATH, PATH, RunState.FAILED, FAILURE)])
    yield model
    model.show_results([])
    yield model


def runs() -> Steps:
    model = RunModel()
    yield model
    model.show_runs([run("b"), run("a")])
    yield model
    model.show_runs([run("c"), run("b"), run("a", undone=3)])
    yield model


def latest_runs() -> Steps:
    model = LatestRuns()
    yield model
    model.show_runs([run("b"), run("a")])
    yield model
    model.show_runs([run("c"), run("a", undone=3)])
    yield model


def picker() -> Steps:
    model = LandmarkList(LandmarkSearch(LANDMARKS))
    yield model
    for text in ("pet", "zzzzz", "", "paris"):
        model.search(text)
        yield model


def landmarks() -> Steps:
    model = LandmarkModel()
    yield model
    model.show(LANDMARKS)
    yield model
    model.show(LANDMARKS[:1])
    yield model


def landmark_search() -> Steps:
    model = _Filter()
    source = LandmarkModel(model)
    model.setSourceModel(source)
    yield model
    source.show(LANDMARKS)
    for text in ("petra", "zzzzz", ""):
        model.search(text)
        yield model


def organised() -> Steps:
    model = OrganiseModel()
    yield model
    moved, failed = PATH.with_stem("moved"), TransferState.FAILED
    done = OrganiseResult(1, PATH, moved, TransferState.DONE)
    model.show_results([done, OrganiseResult(2, PATH, moved, failed, FAILURE)])
    yield model
    model.show_results([])
    yield model


def _grown(model: TreeModel) -> Steps:
    yield model
    above, below = Step("above", "France", (0, 1)), Step("below", "Paris", 1)
    model.tree.put([above, below, Step("eiffel_tower", "Eiffel Tower", 1)], (1, 2))
    model.tree.put([above, Step("other", "Lyon", 0)], (3, 0))
    model.tree.put([Step("jordan", "Jordan", (0, 0))], (0, 1))
    yield model
    model.tree.put([above, below, Step("eiffel_tower", "Eiffel Tower", 1)], (0, 0))  # takes the branch with it
    yield model
    model.tree.remove(["above"])
    yield model


def _tallies() -> Tallies:
    table = PhotoTable()
    photos = PhotoModel(table, lambda _: None)
    return Tallies(photos, table, photos)


def folders() -> Steps:
    model = FolderModel(_tallies())
    yield from _grown(model)
    model.set_recent([Path("/trip"), Path("/other")])
    yield model
    model.set_recent([Path("/other")])
    yield model


def places() -> Steps:
    model = PlaceModel(_tallies())
    model.use({landmark.id: landmark for landmark in LANDMARKS})
    yield from _grown(model)


CASES: dict[type[QAbstractItemModel], Callable[[], Steps]] = {
    PhotoModel: grid,
    PlanModel: preview,
    ResultModel: results,
    RunModel: runs,
    LatestRuns: latest_runs,
    LandmarkList: picker,
    LandmarkModel: landmarks,
    _Filter: landmark_search,
    OrganiseModel: organised,
    FolderModel: folders,
    PlaceModel: places,
}


def _subclasses(base: type[Any]) -> Iterator[type[Any]]:
    for found in base.__subclasses__():
        yield found
        yield from _subclasses(found)


def test_every_model_of_the_window_has_a_case() -> None:
    for module in pkgutil.walk_packages(landmark_desktop.ui.__path__, "landmark_desktop.ui."):
        importlib.import_module(module.name)
    ours = {model for model in _subclasses(QAbstractItemModel) if model.__module__.startswith("landmark_desktop.")}
    assert ours - {TreeModel} == set(CASES)  # TreeModel is the base of two


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
def test_a_model_keeps_qts_rules_through_its_changes(
    kind: type[QAbstractItemModel], qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    sizes = []
    watched: QAbstractItemModel | None = None
    for model in CASES[kind]():
        assert isinstance(model, kind)
        if model is not watched:  # both look again at every change; what Qt's finds is a warning, which fails the test
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
            qtmodeltester.check(model, force_py=True)
            watched = model
        sizes.append(model.rowCount())
    assert max(sizes) > 0
