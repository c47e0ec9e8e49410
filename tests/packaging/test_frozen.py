"""The packed program does what the program does from its sources: the same tests, and those of what packing breaks."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pillow_heif
import pytest

from tests.bundles import COLOURS, colour_picture
from tests.camera_files import jpeg, nef
from tests.e2e.conftest import RunMain
from tests.e2e.test_classify import (
    test_a_bundle_with_a_wrong_hash_is_refused,
    test_a_zipped_bundle_works_too,
    test_bad_files_are_reported_and_the_rest_goes_on,
    test_json_lines_hold_exactly_what_the_contract_says,
)
from tests.e2e.test_tag_and_undo import (
    test_embedded_tags_go_into_the_photo_and_come_out_again,
    test_exiv2_reads_what_was_written,
    test_photos_of_a_run_and_folders_are_undone_and_written_again,
    test_recognised_photos_get_sidecars_that_exiftool_reads_and_undo_takes_them_away,
)
from tests.packaging.conftest import call
from tools import build_check
from tools.build_contents import CPU

__all__ = [
    "test_a_bundle_with_a_wrong_hash_is_refused",
    "test_a_zipped_bundle_works_too",
    "test_bad_files_are_reported_and_the_rest_goes_on",
    "test_embedded_tags_go_into_the_photo_and_come_out_again",
    "test_exiv2_reads_what_was_written",
    "test_json_lines_hold_exactly_what_the_contract_says",
    "test_photos_of_a_run_and_folders_are_undone_and_written_again",
    "test_recognised_photos_get_sidecars_that_exiftool_reads_and_undo_takes_them_away",
]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the packed program of Linux")]


def test_the_packed_program_tests_itself(build: Path) -> None:
    done = call(build / "landmark-desktop-cli", "self-test")
    assert done.returncode == 0, done.stderr
    assert "runs on the CPU" in done.stdout


def test_it_knows_its_parts_and_says_why_it_runs_on_the_cpu(build: Path) -> None:
    done = call(build / "landmark-desktop-cli", "info")
    assert (done.returncode, done.stderr) == (0, "")
    assert "version unknown" not in done.stdout
    assert f"Bundle: {build / '_internal'}" in done.stdout
    assert "The model runs on: CPU (" in done.stdout


def test_it_starts_from_a_link_and_from_any_folder(build: Path, tmp_path: Path) -> None:
    link = tmp_path / "my programs" / "landmark"
    link.parent.mkdir()
    link.symlink_to(build / "landmark-desktop")
    done = call(link, "--version", HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_that_must_stay_out_is_in_it_and_all_its_libraries_load(build: Path) -> None:
    assert build_check.problems(build, CPU) == []


def test_photos_that_are_decoded_in_processes_of_their_own_are_classified(run: RunMain, tmp_path: Path) -> None:
    """HEIC and raw files, and their metadata, are read by helpers: the packed program once more."""
    folder = tmp_path / "photos"
    folder.mkdir()
    picture = colour_picture(COLOURS["petra"]).resize((960, 640))
    pillow_heif.from_pillow(picture).save(folder / "one.heic", quality=90)
    nef(folder / "two.nef", picture, previews=[jpeg(picture)])
    code, out, err = run("classify", folder, "--format", "jsonl")
    assert (code, err) == (0, "")
    found = {Path(line["path"]).name: line for line in map(json.loads, out.splitlines())}
    for name in ("one.heic", "two.nef"):
        assert (found[name]["verdict"], found[name]["error"]) == ("landmark", None)
        assert found[name]["guesses"][0]["id"] == "petra"


@pytest.mark.shared_data
def test_files_of_real_cameras_are_read(run: RunMain, shared_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "camera files"
    copied = 0
    for path in sorted((shared_data / "camera-files").rglob("*")):
        if path.suffix.lower() in (".heic", ".jpg", ".tif", ".tiff", ".dng", ".nef", ".cr2", ".arw") and copied < 24:
            folder.mkdir(exist_ok=True)
            shutil.copy(path, folder / f"{copied:02} {path.name}")
            copied += 1
    assert copied
    code, out, _ = run("classify", folder, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, len(lines)) == (0, copied)
    readable = [line for line in lines if line["error"] is None]
    assert any(Path(line["path"]).suffix.lower() == ".heic" for line in readable)
    assert len(readable) >= 0.8 * copied


@pytest.mark.parametrize(("before", "after"), [(None, None), ("/opt/theirs", "/opt/theirs")])
def test_programs_that_it_starts_get_the_users_libraries(before: str | None, after: str | None, tmp_path: Path) -> None:
    hook = Path(__file__).resolve().parents[2] / "packaging" / "environment_hook.py"
    code = f"import os, runpy; runpy.run_path({str(hook)!r}); print(os.environ.get('LD_LIBRARY_PATH'))"
    environment = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(tmp_path)}
    if before is not None:
        environment["LD_LIBRARY_PATH_ORIG"] = before
    # Python itself may need its own libraries to start, so that it gets them by its full path and no variable.
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert answer.stdout.strip() == str(after)
