"""Reading the metadata of photos that are seen for the first time, against a bare loop of Exiv2 on all cores.

The same files, in the same run: once by processes that do nothing but let Exiv2 read, as many as there are cores; once
by the program's own metadata pass, from the listing of the folder to the last row in the library.
"""

import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from pathlib import Path

import exiv2

from benchmarks.pictures import textured
from benchmarks.results import Result, best_of
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.metadata.reading import MetadataReader
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.machine import available_cores
from landmark_desktop.services.metadata_pass import MetadataPass
from landmark_desktop.services.metadata_reading import LibraryReader
from landmark_desktop.services.photo_rows import FactRows, Ids, photo_rows
from landmark_desktop.services.scanner import scan
from landmark_desktop.store.library import Library

COUNT, QUICK_COUNT = 20_000, 400
PER_FOLDER = 2_500
TEMPLATES = 500
"""Different files; the others are links to them, so that 20,000 photos take no room."""
ROUNDS = 3
CHUNK = 50
"""Files that a process of the bare loop takes at once."""
_CAMERA = {
    **{f"Exif.Image.{name}": "EOS of the benchmark" for name in ("Make", "Model", "Software", "Artist", "Copyright")},
    "Exif.Image.Make": "Canon",
    "Exif.Image.Orientation": "1",
    **dict.fromkeys(("Exif.Photo.DateTimeOriginal", "Exif.Photo.DateTimeDigitized"), "2024:05:01 10:11:12"),
    **dict.fromkeys(("Exif.Photo.ExposureTime", "Exif.Photo.FNumber", "Exif.Photo.FocalLength"), "10/3"),
    **dict.fromkeys(("Exif.Photo.ISOSpeedRatings", "Exif.Photo.Flash", "Exif.Photo.MeteringMode"), "16"),
    **dict.fromkeys(("Exif.Photo.LensModel", "Exif.Photo.LensMake", "Exif.Photo.BodySerialNumber"), "0123456789"),
    "Exif.Canon.ImageType": "Canon EOS of the benchmark",
    "Exif.Canon.FirmwareVersion": "Firmware Version 1.0.0",
    "Exif.Canon.OwnerName": "owner",
    **{
        f"Exif.CanonCs.{name}": "1"
        for name in (
            *("Macro", "Selftimer", "Quality", "FlashMode", "DriveMode", "FocusMode", "ImageSize", "EasyMode"),
            *("DigitalZoom", "Contrast", "Saturation", "Sharpness", "ISOSpeed", "MeteringMode", "FocusType"),
            *("AFPoint", "ExposureProgram", "LensType", "Lens", "MaxAperture", "MinAperture", "FlashActivity"),
        )
    },
    **{
        f"Exif.CanonSi.{name}": "1"
        for name in (
            *("ISOSpeed", "MeasuredEV", "TargetAperture", "TargetShutterSpeed", "WhiteBalance", "Sequence"),
            *("AFPointUsed", "FlashBias", "SubjectDistance", "ApertureValue", "ShutterSpeedValue"),
        )
    },
    "Exif.GPSInfo.GPSLatitude": "48/1 51/1 3012/100",
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLongitude": "2/1 17/1 4012/100",
    "Exif.GPSInfo.GPSLongitudeRef": "E",
}
_COLOURS = ("Red", "Orange", "Yellow", "Green", "Aqua", "Blue", "Purple", "Magenta")
_CATALOGUE = {
    **{
        f"Xmp.crs.{name}": "+12"
        for name in (
            *("Temperature", "Tint", "Exposure", "Shadows", "Brightness", "Contrast", "Saturation", "Sharpness"),
            *("Vibrance", "Clarity2012", "Exposure2012", "Contrast2012", "Highlights2012", "Shadows2012"),
            *("Whites2012", "Blacks2012", "ParametricShadows", "ParametricDarks", "ParametricLights"),
            *("ParametricHighlights", "GrainAmount", "GrainSize", "GrainFrequency", "PostCropVignetteAmount"),
            *("LuminanceSmoothing", "ColorNoiseReduction", "LensProfileEnable", "PerspectiveVertical"),
            *("PerspectiveHorizontal", "PerspectiveRotate", "PerspectiveScale", "Dehaze", "ToneMapStrength"),
            *(f"{what}Adjustment{colour}" for what in ("Hue", "Saturation", "Luminance") for colour in _COLOURS),
        )
    },
    **{f"Xmp.photoshop.{name}": "text" for name in ("Headline", "Credit", "Source", "Instructions")},
    **{f"Xmp.xmp.{name}": "text" for name in ("CreatorTool", "Label", "Nickname")},
    "Xmp.dc.creator": "somebody",
}
_IPTC = {f"Iptc.Application2.{name}": "text" for name in ("Headline", "Caption", "Byline", "Copyright", "Credit")}
CAMERA = "as a camera writes them"
KINDS: dict[str, tuple[dict[str, str], ...]] = {
    CAMERA: (_CAMERA,),
    "with develop settings": (_CAMERA, _CATALOGUE, _IPTC),
    "with settings and keywords": (_CAMERA, {**_CATALOGUE, "Xmp.dc.subject": "travel, tower"}, _IPTC),
}


def run(folder: Path, quick: bool) -> list[Result]:
    """Print files a second, for photos as a camera writes them and as catalogues leave them (these have a bound)."""
    number, rounds = (QUICK_COUNT, 1) if quick else (COUNT, ROUNDS)
    cores = available_cores()
    results = []
    print(f"\n{number:,} small JPEGs, {cores} cores: files a second")
    # Spawned: a copy of this process would bring its threads' locks along.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        for kind, fields in KINDS.items():
            photos = _write(folder / kind, number, fields)
            names = [str(path) for path in photos]
            parts = [names[start : start + CHUNK] for start in range(0, number, CHUNK)]
            list(pool.map(_bare, parts[: 4 * cores]))  # the processes are there, and have imported what they need
            one_core = number / best_of(1, lambda names=names: _bare(names))[0]  # type: ignore[misc]
            bare, whole = best_of(
                rounds,
                lambda parts=parts: list(pool.map(_bare, parts)),  # type: ignore[misc]
                lambda kind=kind: _pass(folder, folder / kind, number),  # type: ignore[misc]
            )
            print(f"  {kind:<28}Exiv2 on one core {one_core:>8,.0f}   on all {number / bare:>8,.0f}", end="")
            print(f"   read, understood and stored {number / whole:>8,.0f}   {bare / whole:.2f} ×")
            if kind == CAMERA:
                # Exiv2 reads these three times as fast as those that the bound is for (1,900 a second and core).
                print(f"  {'':<28}for comparison; the bound is for photos that catalogues have written into")
                continue
            results.append(
                Result(
                    f"metadata of photos {kind}, against Exiv2",
                    bare / whole,
                    "×",
                    0.75,
                    f"Exiv2 alone on all cores {number / bare:,.0f} files/s",
                    "listing, understanding, library; processes start",
                )
            )
    return results


_libraries = count()


def _pass(folder: Path, photos: Path, number: int) -> None:
    """From a library that knows nothing to one that knows what all photos say."""
    bundle = load_bundle(default_bundle_path())
    db = Lane("db")
    library = db.call(Library.open, folder / f"{next(_libraries)}.sqlite")
    told = 0
    all_told = threading.Event()

    def tell(_: int, rows: FactRows, __: Sequence[int]) -> None:
        nonlocal told
        told += len(rows.ids)
        if told == number:
            all_told.set()

    def reader() -> LibraryReader:
        return LibraryReader(db, library, lambda: bundle, tell=tell, problem=_raise, reader=MetadataReader())

    metadata = MetadataPass(reader, _raise, start_s=0.0, background=False)
    metadata.open(1)
    ids = Ids()
    for listing in scan([photos]):
        rows = db.call(library.sync_rows, listing.folder, listing.entries, bundle.key)
        metadata.add(1, listing.folder, photo_rows(rows, ids))
    if not all_told.wait(600):
        raise TimeoutError
    metadata.close()
    db.call(library.close)
    db.close()


def _write(folder: Path, number: int, fields: Sequence[dict[str, str]]) -> list[Path]:
    """Fill folders with links to a few small files that have these fields (EXIF, XMP, IPTC)."""
    templates = folder.with_name(f".{folder.name}")
    templates.mkdir()
    first = templates / "first.jpg"
    textured(128, 128, 1).save(first, quality=80)
    _describe(first, fields)
    data = first.read_bytes()
    names = [templates / f"{index}.jpg" for index in range(min(number, TEMPLATES))]
    for index, name in enumerate(names):
        name.write_bytes(data + b"%05d" % index)  # behind the picture: another content, the same work
    paths = []
    for index in range(number):
        place = folder / f"{index // PER_FOLDER:03}"
        if index % PER_FOLDER == 0:
            place.mkdir(parents=True)
        paths.append(place / f"IMG_{index:05}.jpg")
        os.link(names[index % len(names)], paths[-1])
    return paths


def _describe(path: Path, fields: Sequence[dict[str, str]]) -> None:
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    data = (image.exifData(), image.xmpData(), image.iptcData())
    for one, values in zip(data, fields, strict=False):
        for key, value in values.items():
            one[key] = value
    image.setExifData(data[0])
    image.setXmpData(data[1])
    image.setIptcData(data[2])
    image.writeMetadata()


def _bare(names: Sequence[str]) -> int:
    """In a process of its own: let Exiv2 read, and do nothing with it."""
    for name in names:
        exiv2.ImageFactory.open(name).readMetadata()
    return len(names)


def _raise(error: BaseException) -> None:
    raise error
