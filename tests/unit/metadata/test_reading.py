"""Reading metadata in processes: the same answers as here, and what a file does to its process never reaches others."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.helper_process import helper_command
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, PhotoFile
from landmark_desktop.metadata import READER_ARGUMENT, reading_worker
from landmark_desktop.metadata.places import Place
from landmark_desktop.metadata.reader import FileMetadata, FoundLocation, Mark, read_metadata
from landmark_desktop.metadata.reading import MetadataReader, WantedPhoto
from landmark_desktop.metadata.reading_wire import PhotoRead, pack, unpack
from landmark_desktop.metadata.reading_worker import FolderSidecars
from landmark_desktop.metadata.sidecar import find_sidecar
from tests import pictures
from tests.unit.metadata.helpers import set_metadata

pytestmark = pytest.mark.usefixtures("caplog")  # crashes are logged, on purpose

SCRIPT = """
import ctypes, os, sys, time
from pathlib import Path
from landmark_desktop.metadata import reading_worker
from landmark_desktop.metadata.reader import read_listed

served = 0

def read(name, photo, sidecar_of):
    global served
    served += 1
    stem = Path(name).stem
    if stem == "crash":
        ctypes.string_at(0)
    if stem == "crash-later" and served > 3:
        os._exit(3)
    if stem == "hang":
        Path(name).with_suffix(".begun").touch()
        # Python's interpreter lock stays taken, as by Exiv2: no thread of this process runs any more.
        ctypes.PyDLL(None).sleep(600)
    if stem == "disk":
        raise OSError(5, "Input/output error")
    os.write(1, b"printed by a library")
    return read_listed(name, photo, sidecar_of)

sys.exit(reading_worker.main(read))
"""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Starts a reader that does what the photo's name says."""
    script = tmp_path / "reader_script.py"
    script.write_text(SCRIPT, "utf-8")
    return [sys.executable, str(script)]


@pytest.fixture
def reader() -> Iterator[MetadataReader]:
    reader = MetadataReader()
    yield reader
    reader.close()


def wanted(path: Path, *companions: str) -> WantedPhoto:
    status = path.stat()
    return WantedPhoto(path.name, status.st_size, status.st_mtime_ns, companions)


def photo(folder: Path, name: str, day: int = 1) -> Path:
    path = pictures.save(folder / name, pictures.scene(32, 24))
    set_metadata(path, {"Exif.Photo.DateTimeOriginal": f"2024:05:{day:02} 10:11:12"})
    return path


def day_of(read: PhotoRead) -> int | None:
    return read.facts.taken_at.day if read.facts is not None and read.facts.taken_at is not None else None


def make_all_kinds(folder: Path) -> list[tuple[Path, tuple[str, ...]]]:
    """Photos that say this and that in all the places where it may stand."""
    bare = pictures.save(folder / "bare.png", pictures.scene(32, 24))
    dated = photo(folder, "dated.jpg", 2)
    gps = {
        "Exif.GPSInfo.GPSLatitude": "48/1 51/1 3012/100",
        "Exif.GPSInfo.GPSLatitudeRef": "N",
        "Exif.GPSInfo.GPSLongitude": "2/1 17/1 4012/100",
        "Exif.GPSInfo.GPSLongitudeRef": "W",
    }
    placed = photo(folder, "placed.jpg", 3)
    set_metadata(placed, gps)
    nonsense = photo(folder, "nonsense.jpg", 4)
    set_metadata(nonsense, {**gps, "Exif.GPSInfo.GPSLatitude": "48/0 51/1 1/1"})
    catalogued = photo(folder, "catalogued.jpg", 5)
    set_metadata(
        catalogued,
        {"Xmp.photoshop.City": "Paris", "Xmp.dc.subject": "tower", "Iptc.Application2.CountryName": "France"},
    )
    in_xmp = pictures.save(folder / "xmp.jpg", pictures.scene(32, 24))
    set_metadata(
        in_xmp,
        {
            "Xmp.xmp.CreateDate": "2024-05-06T10:11:12",
            "Xmp.exif.GPSLatitude": "48,51.5N",
            "Xmp.exif.GPSLongitude": "2,17E",
        },
    )
    beside = photo(folder, "beside.jpg", 7)
    set_metadata(folder / "beside.jpg", {"Iptc.Application2.Keywords": "river"})
    (folder / "beside.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Rome"/>'
        "</rdf:RDF></x:xmpmeta>",
        "utf-8",
    )
    pair = pictures.save(folder / "pair.jpg", pictures.scene(32, 24))
    raw = photo(folder, "raw.tif", 8)
    raw.rename(folder / "pair.dng")
    return [
        *((path, ()) for path in (bare, dated, placed, nonsense, catalogued, in_xmp, beside)),
        (pair, ("pair.dng",)),
    ]


def test_a_process_reads_what_would_be_read_here(tmp_path: Path, reader: MetadataReader) -> None:
    made = make_all_kinds(tmp_path)
    found = reader.read(tmp_path, [wanted(path, *companions) for path, companions in made])
    days = []
    for (path, companions), read in zip(made, found, strict=True):
        files = tuple(PhotoFile(name, 0, 0) for name in companions)
        here = read_metadata(Photo(1, path, FileIdentity(0, 0), companions=files))
        assert read.error is None
        assert read.facts == here.facts
        speaks = bool(here.location.legacy or here.keywords)
        assert read.metadata == (here if speaks else None)
        days.append(day_of(read))
    assert days == [None, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.shared_data
def test_real_photos_are_read_alike(shared_data: Path, reader: MetadataReader) -> None:
    files = sorted(path for path in (shared_data / "camera-files").rglob("*.*") if path.is_file())
    for folder in {path.parent for path in files}:
        here = [path for path in files if path.parent == folder]
        for path, read in zip(here, reader.read(folder, [wanted(path) for path in here]), strict=True):
            assert read.error is None, path.name
            assert read.facts == read_metadata(Photo(1, path, FileIdentity(0, 0))).facts, path.name


def test_everything_survives_the_way_between_the_processes() -> None:
    place = Place("Tour Eiffel", "Champ", "Paris", "Île", "France", "FR", 48.85, 2.29, ("wd:Q243", "x"))
    mark = Mark("eiffel_tower", "b", "1", "run", "user", None, "2024-05-01T10:11:12Z")
    location = FoundLocation((place, Place(name="x")), (place,), Place(city="Rome"), (1.5, -2.5), (3.0, 4.0), mark)
    metadata = FileMetadata(PhotoFacts(latitude=1.5, longitude=-2.5), location, frozenset({"a", "\udcff"}), True)
    assert unpack(pack(metadata)) == PhotoRead(metadata.facts, metadata)
    with pytest.raises((TypeError, ValueError, LookupError)):
        unpack([None, None, None, 1])


def test_a_file_that_is_gone_or_another_one_by_now_is_left_alone(tmp_path: Path, reader: MetadataReader) -> None:
    changed, gone, there = (photo(tmp_path, f"{name}.jpg") for name in ("changed", "gone", "there"))
    asked = [wanted(path) for path in (changed, gone, there)]
    os.utime(changed, ns=(1, 1))
    gone.unlink()
    first, second, third = reader.read(tmp_path, asked)
    assert first == second == PhotoRead()
    assert third.facts is not None


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_pipes_and_folders_keep_nobody_waiting(tmp_path: Path, reader: MetadataReader) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    assert reader.read(tmp_path, [wanted(tmp_path / "pipe.jpg"), wanted(tmp_path / "folder.jpg")]) == [PhotoRead()] * 2


def test_damaged_metadata_says_nothing_and_is_no_error(tmp_path: Path, reader: MetadataReader) -> None:
    path = pictures.cut_off(photo(tmp_path, "cut.jpg"), 0.02)
    (read,) = reader.read(tmp_path, [wanted(path)])
    assert read == PhotoRead(PhotoFacts())


@pytest.mark.skipif(sys.platform == "win32", reason="names of Windows are text")
def test_names_of_any_bytes_are_read(tmp_path: Path, reader: MetadataReader) -> None:
    path = photo(tmp_path, "plain.jpg", 9).rename(tmp_path / os.fsdecode(b"caf\xe9\xff.jpg"))
    assert day_of(reader.read(tmp_path, [wanted(path)])[0]) == 9


def test_a_file_that_crashes_its_reader_costs_its_own_photo_only(tmp_path: Path, command: list[str]) -> None:
    names = ("1.jpg", "crash.jpg", "2.jpg", "disk.jpg", "crash-later.jpg", "3.jpg")
    asked = [wanted(photo(tmp_path, name)) for name in names]
    reader = MetadataReader(command)
    found = dict(zip(names, reader.read(tmp_path, asked), strict=True))
    assert {name for name, read in found.items() if day_of(read) == 1} == {"1.jpg", "2.jpg", "3.jpg", "crash-later.jpg"}
    crash, disk = found["crash.jpg"].error, found["disk.jpg"].error
    assert crash is not None
    assert disk is not None
    assert (crash.code, crash.params["name"]) == (ErrorCode.METADATA_UNREADABLE, "crash.jpg")
    assert disk.code is ErrorCode.FILE_READ_FAILED
    assert day_of(reader.read(tmp_path, asked[:1])[0]) == 1  # and it goes on
    reader.close()


def test_a_file_that_hangs_its_reader_is_given_up(tmp_path: Path, command: list[str]) -> None:
    asked = [wanted(photo(tmp_path, name)) for name in ("1.jpg", "hang.jpg", "2.jpg")]
    reader = MetadataReader(command, timeout_s=3)
    first, hung, second = reader.read(tmp_path, asked)
    assert day_of(first) == day_of(second) == 1
    assert hung.error is not None
    assert hung.error.code is ErrorCode.FILE_READ_FAILED  # may be gone the next time
    assert "3 seconds" in hung.error.message
    reader.close()


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Poll for what another process does; there is no signal to wait for."""
    waiting, deadline = threading.Event(), time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        waiting.wait(0.02)
    return condition()


def test_reading_can_be_broken_off(tmp_path: Path, command: list[str]) -> None:
    asked = [wanted(photo(tmp_path, name)) for name in ("hang.jpg", "1.jpg")]
    reader = MetadataReader(command)
    found: list[list[PhotoRead]] = []
    thread = threading.Thread(target=lambda: found.append(reader.read(tmp_path, asked)))
    thread.start()
    assert wait_until((tmp_path / "hang.begun").exists)
    reader.stop()
    thread.join(20)
    assert found == [[PhotoRead(), PhotoRead()]]
    assert reader.read(tmp_path, asked) == [PhotoRead(), PhotoRead()]
    reader.close()


def test_without_a_program_to_start_it_says_so(tmp_path: Path) -> None:
    reader = MetadataReader([str(tmp_path / "none")])
    with pytest.raises(OSError, match="none"):
        reader.read(tmp_path, [wanted(photo(tmp_path, "1.jpg"))])


def test_sidecars_are_told_from_one_listing_as_if_each_were_looked_for(tmp_path: Path) -> None:
    names = ("a.jpg", "b.JPG", "c.jpg", "d.jpg", "é.jpg", "none.jpg", "e.f.jpg")
    made = [photo(tmp_path, name) for name in names]
    for name in ("a.jpg.xmp", "b.xmp", "c.XMP", "d_01.jpg.xmp", "é.jpg.xmp", "e.f.xmp", "e.xmp"):
        (tmp_path / name).write_text("<x/>")
    sidecars = FolderSidecars()
    sidecars.look_at(tmp_path)
    assert [sidecars.find(path) for path in made] == [find_sidecar(path) for path in made]
    assert not sidecars.may_be_for("none.jpg")
    (tmp_path / "none.xmp").write_text("<x/>")
    sidecars.look_at(tmp_path)
    assert sidecars.find(tmp_path / "none.jpg") == tmp_path / "none.xmp"


def test_a_folder_that_cannot_be_listed_still_has_its_sidecars(tmp_path: Path) -> None:
    sidecars = FolderSidecars()
    sidecars.look_at(tmp_path / "missing")
    assert sidecars.may_be_for("any.jpg")


def test_the_programs_hidden_argument_makes_it_a_reader(tmp_path: Path) -> None:
    reader = MetadataReader([sys.executable, "-m", "landmark_desktop", READER_ARGUMENT])
    assert day_of(reader.read(tmp_path, [wanted(photo(tmp_path, "1.jpg", 9))])[0]) == 9
    reader.close()


def test_the_program_starts_its_readers_by_a_hidden_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert helper_command(reading_worker.__name__, READER_ARGUMENT)[1:] == [READER_ARGUMENT]
