"""Shipped files are found from the source tree and from an installation, whatever the working directory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.core import resources
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode
from tests.bundles import write_bundle

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package folder elsewhere, as an installation would have it."""
    folder = tmp_path / "site-packages" / "landmark_desktop"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", folder)
    resources._root.cache_clear()
    yield folder
    resources._root.cache_clear()


def test_in_the_source_tree_resources_are_next_to_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    resources._root.cache_clear()
    assert resources.resource_path("icons") == REPOSITORY / "resources" / "icons"
    assert resources.resource_path("icons").is_dir()


def test_the_bundle_that_ships_is_found_and_sound() -> None:
    bundle = load_bundle(resources.default_bundle_path())
    assert bundle.source.parent == REPOSITORY / "resources" / "models"
    assert bundle.read_card()


def test_an_installed_package_has_its_resources_inside(package: Path) -> None:
    (package / "_resources" / "models").mkdir(parents=True)
    (package.parent / "resources").mkdir()  # of some other package
    bundle = write_bundle(package / "_resources" / "models" / "colours")
    assert resources.resource_path("a", "b.svg") == package / "_resources" / "a" / "b.svg"
    assert resources.default_bundle_path() == bundle.source


def test_a_path_that_does_not_exist_is_returned_too(package: Path) -> None:
    assert resources.resource_path("gone") == package.parent / "resources" / "gone"


def test_folders_without_a_description_are_no_bundles(package: Path) -> None:
    models = package / "_resources" / "models"
    bundle = write_bundle(models / "colours")
    (models / "notes").mkdir()
    (models / "README.md").write_text("about", "utf-8")
    assert resources.default_bundle_path() == bundle.source


@pytest.mark.parametrize("count", [0, 2])
def test_an_installation_with_no_bundle_or_two_is_incomplete(package: Path, count: int) -> None:
    models = package / "_resources" / "models"
    models.mkdir(parents=True)
    for index in range(count):
        write_bundle(models / f"bundle_{index}")
    with pytest.raises(BundleError) as caught:
        resources.default_bundle_path()
    assert caught.value.code is ErrorCode.BUNDLE_MISSING
    assert caught.value.params["name"] == str(models)


def test_an_installation_without_models_is_incomplete(package: Path) -> None:
    with pytest.raises(BundleError) as caught:
        resources.default_bundle_path()
    assert caught.value.code is ErrorCode.BUNDLE_MISSING
