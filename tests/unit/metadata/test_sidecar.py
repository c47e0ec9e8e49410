"""Which sidecar belongs to a photo, and how a new one is called."""

import os
from pathlib import Path

import pytest

from landmark_desktop.core.tag import SidecarName
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.sidecar import classify_names, find_sidecar, is_raw_name, look_at_folder, sidecar_path
from tests.unit.metadata.helpers import SIDECARS, MakePhoto, MakeRequest

FULL, STEM = SidecarName.FULL, SidecarName.STEM


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes((SIDECARS / "unknown.xmp").read_bytes())


def test_names_of_new_sidecars() -> None:
    assert sidecar_path(Path("a/IMG_1.jpg"), FULL) == Path("a/IMG_1.jpg.xmp")
    assert sidecar_path(Path("a/IMG_1.jpg"), STEM) == Path("a/IMG_1.xmp")


@pytest.mark.parametrize("name", ["IMG_1.jpg.xmp", "IMG_1.xmp", "IMG_1.jpg.XMP", "IMG_1.XMP"])
def test_an_existing_sidecar_is_used_whatever_its_name(
    name: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    put(photo.parent, name)
    for wish in SidecarName:
        assert writer.plan_tag(make_request(photo, sidecar_name=wish)).target == photo.with_name(name)


def test_of_two_sidecars_the_preferred_one_is_used(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    put(photo.parent, "IMG_1.jpg.xmp", "IMG_1.xmp")
    assert find_sidecar(photo, FULL) == photo.with_name("IMG_1.jpg.xmp")
    assert find_sidecar(photo, STEM) == photo.with_name("IMG_1.xmp")
    for wish in SidecarName:
        assert writer.plan_tag(make_request(photo, sidecar_name=wish)).target == sidecar_path(photo, wish)


@pytest.mark.parametrize("wish", SidecarName)
def test_a_second_edit_of_darktable_is_never_ours(
    wish: SidecarName, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    put(photo.parent, "IMG_1_01.jpg.xmp")
    duplicate = (photo.parent / "IMG_1_01.jpg.xmp").read_bytes()
    assert find_sidecar(photo) is None
    change = writer.plan_tag(make_request(photo, sidecar_name=wish))
    assert change.target == photo.with_name("IMG_1.jpg.xmp")  # the folder's convention
    writer.write_tag(change)
    assert (photo.parent / "IMG_1_01.jpg.xmp").read_bytes() == duplicate


@pytest.mark.parametrize(
    ("others", "wish", "expected"),
    [
        ([], FULL, "IMG_1.jpg.xmp"),
        ([], STEM, "IMG_1.xmp"),
        (["IMG_2.jpg.xmp"], STEM, "IMG_1.jpg.xmp"),
        (["IMG_2.CR2.xmp"], STEM, "IMG_1.jpg.xmp"),
        (["IMG_2.xmp"], FULL, "IMG_1.xmp"),
        (["IMG_2.xmp", "IMG_3.jpg.xmp"], FULL, "IMG_1.jpg.xmp"),
        (["IMG_2.xmp", "IMG_3.jpg.xmp"], STEM, "IMG_1.xmp"),
        ([".hidden.jpg.xmp"], STEM, "IMG_1.xmp"),
    ],
)
def test_the_convention_of_the_folder_wins(
    others: list[str], wish: SidecarName, expected: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    put(photo.parent, *others)
    change = writer.plan_tag(make_request(photo, sidecar_name=wish))
    assert change.target.name == expected
    assert (len(change.notes) == 1) is (change.target != sidecar_path(photo, wish))


def test_a_convention_that_appears_between_two_plans_is_noticed(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    first, second = make_photo("IMG_1.jpg"), make_photo("IMG_2.jpg")
    writer.write_tag(writer.plan_tag(make_request(first, sidecar_name=STEM)))
    assert writer.plan_tag(make_request(second, sidecar_name=FULL)).target.name == "IMG_2.xmp"


def test_a_change_within_the_clock_tick_of_the_folder_is_noticed(tmp_path: Path) -> None:
    assert look_at_folder(tmp_path).convention is None
    tick = tmp_path.stat().st_mtime_ns
    put(tmp_path, "IMG_1.xmp")
    os.utime(tmp_path, ns=(tick, tick))
    assert look_at_folder(tmp_path).convention is STEM


def test_a_folder_at_rest_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "IMG_1.xmp")
    os.utime(tmp_path, ns=(10**18, 10**18))
    assert look_at_folder(tmp_path) is look_at_folder(tmp_path)


def test_files_that_share_a_stem() -> None:
    names = classify_names(["a.jpg", "a.CR2", "a.xmp", "a.txt", "b.jpg", "a_01.jpg", ".a.jpg"])
    assert names.sharing(Path("a.jpg")) == ("a.CR2",)
    assert names.sharing(Path("b.jpg")) == ()
    assert names.convention is STEM


def test_names_of_raw_files() -> None:
    assert all(map(is_raw_name, ["a.CR3", "a.nef", "a.DNG"]))
    assert not any(map(is_raw_name, ["a.jpg", "a.heic", "cr2"]))


def test_writing_reads_no_names_of_the_folder(
    tmp_path: Path, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo("IMG_1.jpg")
    (tmp_path / "IMG_1.CR2").touch()
    change = writer.plan_tag(make_request(photo, sidecar_name=STEM))
    assert change.shared_extension == "CR2"

    def look(_: Path) -> None:
        pytest.fail("every write changes the folder, so a run over n photos would read n names n times")

    monkeypatch.setattr("landmark_desktop.metadata.target.look_at_folder", look)
    writer.take_snapshot(change)
    writer.write_tag(change)
    assert 'SidecarForExtension="CR2"' in (tmp_path / "IMG_1.xmp").read_text("utf-8")
