"""Taking photos in for the first time (content key, metadata, small picture, library) against Exiv2 alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import exiv2

from benchmarks.pictures import textured
from benchmarks.results import Result, best_of
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.imaging.decode import decode
from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from landmark_desktop.metadata.reader import read_facts
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.machine import available_cores

COUNT, QUICK_COUNT = 3_000, 200
ROUNDS = 3
_EXIF_TEXTS = [
    *(f"Exif.Image.{name}" for name in ("Make", "Model", "Software", "Artist", "Copyright", "ImageDescription")),
    *(f"Exif.Photo.{name}" for name in ("LensModel", "LensMake", "BodySerialNumber", "CameraOwnerName")),
]
_IPTC_TEXTS = [f"Iptc.Application2.{name}" for name in ("Headline", "Caption", "Byline", "Copyright", "Credit")]
_XMP_TEXTS = [
    *(f"Xmp.photoshop.{name}" for name in ("Headline", "Credit", "Source", "City", "Country", "Instructions")),
    *(f"Xmp.xmp.{name}" for name in ("CreatorTool", "Label", "Nickname")),
]


class _NoModel:
    """Answers at once: what is measured is everything before the model."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.provider = ProviderReport(ProviderChoice.CPU, CPU)

    def classify(self, images: UInt8Array) -> list[Guesses]:
        """Know nothing."""
        return [Guesses((), 1.0)] * len(images)


def run(folder: Path, quick: bool) -> list[Result]:
    """Print files a second."""
    number, rounds = (QUICK_COUNT, 1) if quick else (COUNT, ROUNDS)
    photos = _write(folder / "photos", number)
    bundle = load_bundle(default_bundle_path())
    cores = available_cores()
    libraries = count()

    def everything() -> None:
        library = folder / f"{next(libraries)}.sqlite"
        with BatchClassifier(library, bundle, lambda: _NoModel(bundle)) as batch:
            done = list(batch.run([photos[0].parent], recursive=False, on_found=lambda _: None, on_error=_raise))
        assert sum(record.photo.facts.taken_at is not None for record in done) == number

    parts: dict[str, Callable[[], object]] = {
        "Exiv2 alone, one thread": lambda: list(map(_exiv2, photos)),
        f"Exiv2 alone, {cores} threads": lambda: _in_threads(cores, _exiv2, photos),
        "reading what we need of it, one thread": lambda: [read_facts(path) for path in photos],
        f"decoding alone, {cores} threads": lambda: _in_threads(cores, lambda path: decode(path).image, photos),
        "all of it, stored in the library": everything,
    }
    seconds = best_of(rounds, *parts.values())
    print(f"\n{number} small JPEGs taken in for the first time")
    for name, taken in zip(parts, seconds, strict=True):
        print(f"  {name:<42}{number / taken:8.0f} files a second")
    exiv2_best = min(seconds[0], seconds[1])
    return [
        Result(
            "first scan with metadata read, against Exiv2 on all cores",
            exiv2_best / seconds[4],
            "×",
            0.75,
            f"Exiv2 alone {number / exiv2_best:,.0f} files/s, decoding alone {number / seconds[3]:,.0f}",
            "content key, decoding, library",
        )
    ]


def _write(folder: Path, number: int) -> list[Path]:
    folder.mkdir()
    template = folder / "template.jpg"
    textured(128, 128, 1).save(template, quality=80)
    _describe(template)
    data = template.read_bytes()
    template.unlink()
    paths = [folder / f"IMG_{index:05}.jpg" for index in range(number)]
    for index, path in enumerate(paths):
        path.write_bytes(data + b"%05d" % index)  # behind the picture: another content, the same work
    return paths


def _describe(path: Path) -> None:
    """Write what a photo has that went through a camera and a catalogue."""
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    exif, iptc, xmp = image.exifData(), image.iptcData(), image.xmpData()
    exif["Exif.Photo.DateTimeOriginal"] = "2024:05:01 10:11:12"
    for key in _EXIF_TEXTS:
        exif[key] = f"{key} of this photo"
    for key in _IPTC_TEXTS:
        iptc[key] = f"{key} of this photo"
    for key in _XMP_TEXTS:
        xmp[key] = f"{key} of this photo"
    image.setExifData(exif)
    image.setIptcData(iptc)
    image.setXmpData(xmp)
    image.writeMetadata()


def _exiv2(path: Path) -> None:
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    image.exifData()


def _in_threads(threads: int, function: Callable[[Path], object], photos: list[Path]) -> None:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(function, photos))


def _raise(error: Exception) -> None:
    raise error
