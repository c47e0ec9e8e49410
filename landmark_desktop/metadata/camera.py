"""How a photo was taken: camera, lens and exposure, as its EXIF tells."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import exiv2

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.metadata.exiv2_io import LOCK, read_many

_LONGEST_TEXT: Final = 200
_ZONES: Final = ("OffsetTimeOriginal", "OffsetTime")


def read_camera(path: Path) -> CameraFacts:
    """Read how a photo was taken; nothing where its file cannot be read, or does not tell."""
    with LOCK:
        document = read_many(str(path.absolute()))
        if document is None:
            return CameraFacts()
        exif = document.exif
        fields = {datum.key().rpartition(".")[2]: datum for datum in exif if _is_wanted(datum.key())}

        def text(name: str) -> str:
            return _clean(str(fields[name].toString())) if name in fields else ""

        def value(name: str) -> Fraction | None:
            return _positive(fields[name].toRational) if name in fields else None

        make, model = text("Make"), text("Model")
        exposure, aperture = value("ExposureTime"), value("FNumber")
        focal, film = value("FocalLength"), value("FocalLengthIn35mmFilm")
        iso = value("ISOSpeedRatings")
        return CameraFacts(
            camera=_camera(make, model),
            lens=text("LensModel") or _told_by_maker(exif),
            exposure=(exposure.numerator, exposure.denominator) if exposure is not None else None,
            aperture=float(aperture) if aperture is not None else None,
            iso=int(iso) if iso is not None else None,
            focal=float(focal) if focal is not None else None,
            focal_35mm=int(film) if film is not None else None,
            zone=next((found for found in map(text, _ZONES) if found), ""),
        )


def _is_wanted(key: str) -> bool:
    return key.startswith(("Exif.Photo.", "Exif.Image.Make", "Exif.Image.Model"))


def _positive(ask: Callable[[], tuple[int, int]]) -> Fraction | None:
    numerator, denominator = ask()
    return Fraction(numerator, denominator) if numerator > 0 and denominator > 0 else None


def _told_by_maker(exif: Iterable[Any]) -> str:
    """The lens as the camera's maker notes name it; they may know it by a number only, which is no name."""
    datum = exiv2.lensName(exif)
    if datum is None or datum == exif.end():  # type: ignore[attr-defined]  # Exiv2 has no types
        return ""
    name = _clean(datum._print(exif))
    return "" if name.strip("()").isdigit() or name.startswith("Unknown") else name


def _camera(make: str, model: str) -> str:
    """Maker and model, the maker's name once: ``Canon EOS R6``, not ``Canon Canon EOS R6``."""
    first = make.split(" ", maxsplit=1)[0] if make else ""
    if model.casefold().startswith(first.casefold()) or model.partition(" ")[0].casefold() in make.casefold().split():
        return model
    # NIKON CORPORATION and OLYMPUS IMAGING CORP. are called by their first word.
    return " ".join(part for part in (first.title() if first.isupper() and len(first) > 4 else first, model) if part)


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_TEXT]
