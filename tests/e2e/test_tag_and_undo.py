"""From a folder of photos to places in their metadata, and back: ``tag``, ``runs``, ``undo`` through ``main``."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import exiv2
import pytest

from landmark_desktop.__main__ import main
from landmark_desktop.metadata.reader import read_facts, read_location
from tests.bundles import COLOURS, EIFFEL, PETRA, colour_picture
from tests.e2e.conftest import RunMain
from tests.pictures import exif, save

Content = Callable[[Path], dict[str, bytes]]
needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed")


def exiftool(path: Path) -> dict[str, Any]:
    command = ["exiftool", "-j", "-G1", "-struct", "-n", str(path)]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    (document,) = json.loads(output)
    return dict(document)


@needs_exiftool
def test_recognised_photos_get_sidecars_that_exiftool_reads_and_undo_takes_them_away(
    run: RunMain, photos: Path, content: Content
) -> None:
    before = content(photos)
    code, out, _ = run("tag", photos)
    assert code == 0
    assert "3 photos tagged, 0 tagged already, 0 failed." in out
    after = content(photos)
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == ["eiffel_tower.jpg.xmp", "petra.jpg.xmp", "taj_mahal.jpg.xmp"]

    seen = exiftool(photos / "eiffel_tower.jpg.xmp")
    place = EIFFEL.location
    assert place is not None
    (shown,) = seen["XMP-iptcExt:LocationShown"]
    assert shown["LocationName"] == "Eiffel Tower"
    assert (shown["City"], shown["ProvinceState"]) == ("Paris", "Île-de-France")
    assert (shown["CountryName"], shown["CountryCode"]) == ("France", "FR")
    assert shown["GPSLatitude"] == pytest.approx(place.latitude, abs=1e-5)
    assert shown["GPSLongitude"] == pytest.approx(place.longitude, abs=1e-5)
    assert seen["XMP-exif:GPSDestLatitude"] == pytest.approx(place.latitude, abs=1e-5)
    assert seen["XMP-exif:GPSLatitude"] == pytest.approx(place.latitude, abs=1e-5)
    assert seen["XMP-exif:GPSHPositioningError"] == pytest.approx(place.radius_m)
    assert seen["XMP-photoshop:City"] == "Paris"
    assert "Eiffel Tower" in seen["XMP-dc:Subject"]
    assert "Places|France|Paris|Eiffel Tower" in seen["XMP-lr:HierarchicalSubject"]
    assert "Places/France/Paris/Eiffel Tower" in seen["XMP-digiKam:TagsList"]

    run_id = re.search(r"undo (\S+)", out)
    assert run_id is not None
    code, out, _ = run("undo", run_id[1], with_bundle=False)
    assert code == 0
    assert "3 photos as before the run" in out
    assert content(photos) == before


def test_exiv2_reads_what_was_written(run: RunMain, photos: Path) -> None:
    run("tag", photos / "petra.jpg")
    image = exiv2.ImageFactory.open(str(photos / "petra.jpg.xmp"))
    image.readMetadata()
    data = image.xmpData()
    place = PETRA.location
    assert place is not None
    assert data["Xmp.photoshop.City"].toString() == place.city
    assert data["Xmp.iptcExt.LocationShown[1]/Iptc4xmpExt:City"].toString() == place.city
    found = read_location(photos / "petra.jpg")
    assert found.position == pytest.approx((place.latitude, place.longitude), abs=1e-5)
    assert not read_facts(photos / "petra.jpg").has_gps  # an estimate of ours is no position of the photo's own


def test_a_second_run_changes_nothing(run: RunMain, photos: Path, content: Content) -> None:
    run("tag", photos)
    tagged = content(photos)
    code, out, _ = run("tag", photos)
    assert code == 0
    assert "0 photos tagged, 3 tagged already, 0 failed." in out
    assert content(photos) == tagged
    assert run("runs", with_bundle=False)[1].count("\n") == 1


def test_a_dry_run_shows_every_field_and_writes_nothing(run: RunMain, photos: Path, content: Content) -> None:
    before = content(photos)
    code, out, _ = run("tag", photos, "--dry-run")
    assert code == 0
    assert "eiffel_tower.jpg → eiffel_tower.jpg.xmp" in out
    assert "– → Paris" in out
    assert "Nothing was written. 3 of 3 recognised photos would be tagged." in out
    assert content(photos) == before
    assert "No photo was tagged yet." in run("runs", with_bundle=False)[1]


def test_photos_are_counted_and_not_their_files(run: RunMain, photos: Path) -> None:
    from tests.camera_files import dng, jpeg

    picture = colour_picture(COLOURS["petra"])
    dng(photos / "petra.dng", picture, previews=[jpeg(picture)])  # petra.jpg and petra.dng are one photo
    assert "3 of 3 recognised photos would be tagged (4 files)." in run("tag", photos, "--dry-run")[1]
    assert "3 photos tagged (4 files), 0 tagged already, 0 failed." in run("tag", photos)[1]
    assert "0 photos tagged, 3 tagged already, 0 failed." in run("tag", photos)[1]
    (photos / "petra.jpg.xmp").write_text("no XMP at all")
    (photos / "petra.dng.xmp").unlink()
    out = run("tag", photos)[1]
    assert "0 photos tagged, 2 tagged already, 1 failed." in out
    assert "Take it back" in out  # the raw file's sidecar was written


def test_shown_only_writes_no_camera_position(run: RunMain, photos: Path) -> None:
    run("tag", photos / "petra.jpg", "--shown-only")
    found = read_location(photos / "petra.jpg")
    assert [place.name for place in found.shown] == ["Petra"]
    assert found.position is None


def photo_of_petra_at(file: Path, latitude: float, longitude: float) -> Path:
    return save(file, colour_picture(COLOURS["petra"]), exif_block=exif(gps=(latitude, longitude)))


def test_a_photo_with_gps_keeps_it(run: RunMain, tmp_path: Path) -> None:
    path = photo_of_petra_at(tmp_path / "p" / "a.jpg", 30.325, 35.45)
    run("tag", path.parent)
    assert read_location(path).position == pytest.approx((30.325, 35.45), abs=1e-4)
    assert [place.name for place in read_location(path).shown] == ["Petra"]


def test_a_photo_taken_far_from_the_guess_is_left_to_the_user(run: RunMain, tmp_path: Path) -> None:
    path = photo_of_petra_at(tmp_path / "p" / "a.jpg", 10.5, 20.25)
    run("tag", path.parent)
    assert read_location(path).shown == ()
    assert [file.name for file in path.parent.iterdir()] == ["a.jpg"]


def test_embedded_tags_go_into_the_photo_and_come_out_again(run: RunMain, photos: Path, content: Content) -> None:
    from PIL import Image

    before = content(photos)
    pixels = Image.open(photos / "petra.jpg").tobytes()
    assert run("tag", photos / "petra.jpg", "--write", "embedded")[0] == 0
    assert set(content(photos)) == set(before)
    assert [place.name for place in read_location(photos / "petra.jpg").shown] == ["Petra"]
    with Image.open(photos / "petra.jpg") as tagged:
        assert tagged.tobytes() == pixels
    _, out, _ = run("tag", photos / "petra.jpg", "--write", "embedded")
    assert "1 tagged already" in out
    assert "1 photo as before the run" in run("undo", with_bundle=False)[1]
    assert read_location(photos / "petra.jpg").is_empty


def test_a_lower_confidence_tags_what_was_unsure(run: RunMain, tmp_path: Path) -> None:
    path = save(tmp_path / "p" / "a.jpg", colour_picture((140, 95, 40)), quality=92)
    assert "0 photos tagged" in run("tag", path)[1]
    assert "1 photo tagged" in run("tag", path, "--min-confidence", "0.5")[1]


def test_undo_leaves_a_sidecar_alone_that_was_changed_since(run: RunMain, photos: Path) -> None:
    run("tag", photos)
    sidecar = photos / "petra.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8").replace("Petra", "PETRA"), "utf-8")
    changed = sidecar.read_bytes()
    code, out, err = run("undo", with_bundle=False)
    assert code == 0
    assert "2 photos as before the run, 1 left alone." in out
    assert "was changed since it was tagged" in err
    assert sidecar.read_bytes() == changed
    assert not (photos / "eiffel_tower.jpg.xmp").exists()


def test_undo_without_a_run_is_a_clear_error(run: RunMain) -> None:
    code, _, err = run("undo", "20240101-000000-dead", with_bundle=False)
    assert code == 2
    assert "There is no run 20240101-000000-dead" in err


def test_a_write_that_fails_is_told_and_the_rest_goes_on(run: RunMain, photos: Path, content: Content) -> None:
    damaged = photos / "petra.jpg.xmp"
    damaged.write_text("<x:xmpmeta this is no XML", "utf-8")
    before = content(photos)
    code, out, err = run("tag", photos)
    assert code == 0
    assert "2 photos tagged, 0 tagged already, 1 failed." in out
    assert "is not valid XMP" in err
    assert damaged.read_bytes() == before["petra.jpg.xmp"]


def test_info_and_self_test_tell_what_really_runs(
    bundle: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["info", "--bundle", str(bundle), "--library", str(library), "--provider", "cpu"]) == 0
    out = capsys.readouterr().out
    for text in ("Landmark Desktop", "ONNX Runtime", str(library), "colours 1.0", "The model runs on: CPU"):
        assert text in out
    assert main(["self-test", "--bundle", str(bundle), "--provider", "cpu"]) == 0
    assert "colours 1.0 runs on the CPU" in capsys.readouterr().out
    (bundle / "model.onnx").write_bytes(b"changed")
    assert main(["self-test", "--bundle", str(bundle)]) == 1
    assert "does not have the hash" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["classify", "tag", "export", "organise", "undo", "runs", "info", "self-test"])
def test_the_help_of_every_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"Example: landmark-desktop {command}" in " ".join(capsys.readouterr().out.split())


def test_the_help_of_the_program_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(
        command in out for command in ("classify", "tag", "export", "organise", "undo", "runs", "info", "self-test")
    )
    assert main(["--nonsense"]) == 2
    assert "unknown option --nonsense" in capsys.readouterr().err


def test_photos_of_a_run_and_folders_are_undone_and_written_again(run: RunMain, photos: Path, content: Content) -> None:
    before = content(photos)
    match = re.search(r"undo (\S+)", run("tag", photos)[1])
    assert match is not None
    after = content(photos)
    code, out, _ = run("undo", match[1], "--photo", photos / "petra.jpg", with_bundle=False)
    assert (code, "1 photo as before the run, 0 left alone." in out) == (0, True)
    assert set(after) - set(content(photos)) == {"petra.jpg.xmp"}
    code, out, _ = run("redo", match[1], with_bundle=False)
    assert (code, out) == (0, "1 photo tagged again, 0 left alone.\n")
    assert content(photos) == after
    assert "3 photos as before" in run("undo", "--folder", photos, with_bundle=False)[1]
    assert content(photos) == before
    assert run("undo", "--photo", photos / "petra.jpg", with_bundle=False)[0] == 2
    assert run("undo", match[1], "--folder", photos, with_bundle=False)[0] == 2
    assert run("redo", "--photo", photos / "petra.jpg", with_bundle=False)[0] == 2


def test_only_our_fields_go_where_a_file_was_changed(run: RunMain, photos: Path, content: Content) -> None:
    before = content(photos)
    run("tag", photos / "petra.jpg")
    sidecar = photos / "petra.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8") + "<!-- changed -->", "utf-8")
    code, out, err = run("undo", with_bundle=False)
    assert (code, "--only-ours" in out, "was changed since" in err) == (0, True, True)
    assert "1 photo as before" in run("undo", "--only-ours", with_bundle=False)[1]
    assert content(photos) == before
