"""Bundles are checked, copied file by file, listed with what is wrong with them, and removed."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import CARD_NAME, MANIFEST_NAME, MODEL_NAME, load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services.bundle_shelf import (
    BundleShelf,
    install_bundle,
    list_bundles,
    remove_bundle,
)
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.relay import Relay
from tests.bundles import write_bundle, zip_bundle


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bundles"


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_an_installed_bundle_is_a_copy_of_what_belongs_to_it(tmp_path: Path, shelf: Path, packed: bool) -> None:
    bundle = write_bundle(tmp_path / "mine", id="mine", version="7.1")
    (bundle.source / CARD_NAME).write_text("# Mine", "utf-8")
    (bundle.source / "notes.txt").write_text("not part of it", "utf-8")
    source = zip_bundle(bundle, tmp_path / "mine.zip") if packed else bundle.source
    found = install_bundle(source, shelf)
    assert found.parent == shelf
    assert found.name.startswith("mine-7.1-")
    names = {path.name for path in found.iterdir()}
    assert names - {CARD_NAME} == {MANIFEST_NAME, MODEL_NAME}
    assert load_bundle(found).manifest == bundle.manifest
    assert [path.name for path in shelf.iterdir()] == [found.name]


def test_the_same_bundle_is_installed_once_and_others_lie_beside_it(tmp_path: Path, shelf: Path) -> None:
    first = write_bundle(tmp_path / "a", id="mine")
    other = write_bundle(tmp_path / "b", id="mine", licence="CC0-1.0")
    assert install_bundle(first.source, shelf) == install_bundle(first.source, shelf)
    assert install_bundle(other.source, shelf) != install_bundle(first.source, shelf)
    assert len(list(shelf.iterdir())) == 2


@pytest.mark.parametrize("name", ["../outside.txt", "/absolute.txt", "..\\outside.txt"])
def test_a_zip_that_leads_out_of_itself_is_refused_and_leaves_nothing(tmp_path: Path, shelf: Path, name: str) -> None:
    archive = zip_bundle(write_bundle(tmp_path / "mine"), tmp_path / "mine.zip")
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(name, "boo")
    with pytest.raises(BundleError) as refused:
        install_bundle(archive, shelf)
    assert refused.value.code is ErrorCode.BUNDLE_UNSAFE
    assert not shelf.exists() or not list(shelf.iterdir())
    assert not (tmp_path / "outside.txt").exists()


def test_a_changed_model_is_refused_before_anything_is_copied(tmp_path: Path, shelf: Path) -> None:
    bundle = write_bundle(tmp_path / "mine")
    (bundle.source / MODEL_NAME).write_bytes(b"something else")
    with pytest.raises(BundleError) as refused:
        install_bundle(bundle.source, shelf)
    assert refused.value.code is ErrorCode.BUNDLE_HASH
    assert not shelf.exists()


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(BundleError) as refused:
        install_bundle(write_bundle(tmp_path / "mine").source, tmp_path / "file" / "bundles")
    assert refused.value.code is ErrorCode.BUNDLE_NOT_KEPT


def test_the_list_begins_with_the_shipped_bundle_and_tells_what_is_broken(tmp_path: Path, shelf: Path) -> None:
    good = install_bundle(write_bundle(tmp_path / "good", id="good").source, shelf)
    broken = install_bundle(write_bundle(tmp_path / "broken", id="broken").source, shelf)
    (broken / MANIFEST_NAME).write_text("{", "utf-8")
    (shelf / ".new-left-over").mkdir()
    found = list_bundles(shelf)
    assert [item.path for item in found] == [default_bundle_path(), broken, good]
    assert [item.shipped for item in found] == [True, False, False]
    assert found[1].problem is not None
    assert found[1].problem.code is ErrorCode.BUNDLE_SCHEMA
    assert found[2].bundle is not None
    assert found[2].bytes_of == {"fp32": (good / MODEL_NAME).stat().st_size}
    assert "landmark-trainer" in found[0].card


def test_a_damaged_copy_is_installed_anew(tmp_path: Path, shelf: Path) -> None:
    source = write_bundle(tmp_path / "mine").source
    found = install_bundle(source, shelf)
    (found / MANIFEST_NAME).unlink()
    (found / "rest").write_text("x", "utf-8")
    assert install_bundle(source, shelf) == found
    assert not (found / "rest").exists()


def test_only_installed_bundles_can_be_removed(tmp_path: Path, shelf: Path) -> None:
    source = write_bundle(tmp_path / "mine").source
    found = install_bundle(source, shelf)
    for foreign in (source, default_bundle_path(), shelf, found / ".."):
        with pytest.raises(ValueError, match="no installed bundle"):
            remove_bundle(foreign, shelf)
    remove_bundle(found, shelf)
    assert list(shelf.iterdir()) == []
    assert (source / MANIFEST_NAME).is_file()


def test_the_shelf_tells_what_happened_on_its_lane(tmp_path: Path, shelf: Path, qtbot: QtBot) -> None:
    lane, owner = Lane("bundle"), QObject()
    service = BundleShelf(shelf, lane, Relay(owner), owner)
    try:
        with qtbot.waitSignal(service.installed) as installed:
            service.install(write_bundle(tmp_path / "mine").source)
        (path,) = installed.args
        with qtbot.waitSignal(service.listed) as listed:
            service.list_all()
        assert path in [item.path for item in listed.args[0]]
        with qtbot.waitSignal(service.refused) as refused:
            service.install(tmp_path / "nothing")
        assert refused.args[0].code is ErrorCode.BUNDLE_MISSING
        with qtbot.waitSignal(service.removed):
            service.remove(path)
        assert not path.exists()
    finally:
        lane.close()
