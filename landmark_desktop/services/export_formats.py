"""The formats that reviewed photos are exported to. Each writes one place at a time, so that no number of photos fills
the memory.

CSV follows RFC 4180, GeoJSON RFC 7946, KML the OGC's KML 2.2, GPX Topografix' GPX 1.1. All are UTF-8.
"""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from landmark_desktop import __version__

Value = str | float | None


@dataclass(frozen=True, slots=True)
class ExportedPlace:
    """One reviewed photo with its accepted place. Degrees are WGS-84; ``file`` is text without undecodable bytes, and
    ``path`` the very file."""

    path: Path
    file: str
    landmark_id: str
    landmark: str
    local_name: str
    sublocation: str
    city: str
    region: str
    country: str
    country_code: str
    latitude: float
    longitude: float
    radius_m: float
    camera_latitude: float | None
    camera_longitude: float | None
    taken_at: datetime | None
    confidence: float | None
    reviewed_by: str

    def values(self) -> dict[str, Value]:
        """Everything but the place's own position, by the name it has in all formats."""
        return {
            "file": self.file,
            "landmark_id": self.landmark_id,
            "landmark": self.landmark,
            "local_name": self.local_name,
            "sublocation": self.sublocation,
            "city": self.city,
            "region": self.region,
            "country": self.country,
            "country_code": self.country_code,
            "radius_m": self.radius_m,
            "camera_latitude": _degrees(self.camera_latitude),
            "camera_longitude": _degrees(self.camera_longitude),
            "taken_at": self.taken_at.isoformat(timespec="seconds") if self.taken_at is not None else None,
            "confidence": None if self.confidence is None else round(self.confidence, 4),
            "reviewed_by": self.reviewed_by,
        }


COLUMNS: Final = (
    *("file", "landmark_id", "landmark", "local_name", "sublocation", "city", "region", "country", "country_code"),
    *("latitude", "longitude", "radius_m", "camera_latitude", "camera_longitude"),
    *("taken_at", "confidence", "reviewed_by"),
)
"""The columns of the CSV file, in order."""


class ExportFormat(StrEnum):
    """The formats, by the ending of their files."""

    CSV = "csv"
    GEOJSON = "geojson"
    KML = "kml"
    GPX = "gpx"


class PlaceWriter(Protocol):
    """Writes places to a text stream that keeps line ends as they are (``newline=""``) and encodes UTF-8."""

    def begin(self) -> None:
        """Write what stands before the places."""

    def write(self, place: ExportedPlace) -> None:
        """Write one place."""

    def end(self) -> None:
        """Write what stands behind them."""


def make_place_writer(kind: ExportFormat, stream: TextIO) -> PlaceWriter:
    """The writer of a format."""
    return _WRITERS[kind](stream)


def _degrees(value: float | None) -> float | None:
    """Degrees to seven decimals, which is a centimetre."""
    return None if value is None else round(value, 7)


# CSV

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes spreadsheets take a text for a formula (OWASP, "CSV Injection"), in Asian full width too."""


class _Csv:
    """RFC 4180: a header, CRLF, quotes where needed. A text that a spreadsheet would run begins with an apostrophe."""

    def __init__(self, stream: TextIO) -> None:
        self._writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")

    def begin(self) -> None:
        self._writer.writeheader()

    def write(self, place: ExportedPlace) -> None:
        values = place.values() | {"latitude": _degrees(place.latitude), "longitude": _degrees(place.longitude)}
        self._writer.writerow({name: _cell(value) for name, value in values.items()})

    def end(self) -> None:
        """Nothing follows the rows."""


def _cell(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


# GeoJSON


class _GeoJson:
    """RFC 7946: one FeatureCollection, a point for each photo, longitude first."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._separator = ""

    def begin(self) -> None:
        self._stream.write('{"type": "FeatureCollection", "features": [')

    def write(self, place: ExportedPlace) -> None:
        feature: dict[str, Any] = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [_degrees(place.longitude), _degrees(place.latitude)]},
            "properties": place.values(),
        }
        self._stream.write(f"{self._separator}\n{json.dumps(feature, ensure_ascii=False, allow_nan=False)}")
        self._separator = ","

    def end(self) -> None:
        self._stream.write("\n]}\n")


# XML

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, {name: _xml(value) for name, value in attributes.items()})
    child.text = _xml(text)
    return child


def _known(values: Mapping[str, Value]) -> Iterable[tuple[str, str]]:
    return ((name, str(value)) for name, value in values.items() if value not in (None, ""))


def _description(place: ExportedPlace) -> str:
    where = ", ".join(part for part in (place.sublocation, place.city, place.region, place.country) if part)
    return "\n".join(part for part in (where, place.file) if part)


class _Kml:
    """KML 2.2: a placemark for each photo. The camera's clock knows no zone, so neither does the time."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self) -> None:
        self._stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n<name>Landmark Desktop</name>\n'
        )

    def write(self, place: ExportedPlace) -> None:
        values = place.values()
        mark = ET.Element("Placemark")  # its children in the order of the schema
        _add(mark, "name", place.landmark)
        _add(mark, "description", _description(place))
        if place.taken_at is not None:
            _add(ET.SubElement(mark, "TimeStamp"), "when", str(values["taken_at"]))
        data = ET.SubElement(mark, "ExtendedData")
        for name, value in _known(values):
            _add(ET.SubElement(data, "Data", {"name": name}), "value", value)
        point = ET.SubElement(mark, "Point")
        _add(point, "coordinates", f"{place.longitude:.7f},{place.latitude:.7f}")
        self._stream.write(ET.tostring(mark, encoding="unicode") + "\n")

    def end(self) -> None:
        self._stream.write("</Document>\n</kml>\n")


class _Gpx:
    """GPX 1.1: a waypoint for each photo. Its times would have to be UTC, which the camera's clock does not tell, so
    the time is in the comment."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self) -> None:
        self._stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<gpx version="1.1" creator="Landmark Desktop {__version__}" xmlns="http://www.topografix.com/GPX/1/1">\n'
        )

    def write(self, place: ExportedPlace) -> None:
        longitude = place.longitude if place.longitude < 180.0 else -180.0  # the schema ends before 180
        point = ET.Element("wpt", {"lat": f"{place.latitude:.7f}", "lon": f"{longitude:.7f}"})
        _add(point, "name", place.landmark)  # children in the order of the schema
        if place.taken_at is not None:
            _add(point, "cmt", f"Taken {place.taken_at.isoformat(sep=' ', timespec='seconds')} by the camera's clock")
        _add(point, "desc", _description(place))
        _add(point, "src", f"Landmark Desktop, reviewed by {place.reviewed_by}")
        link = ET.SubElement(point, "link", {"href": place.path.absolute().as_uri()})
        _add(link, "text", place.file)
        _add(point, "type", "photo")
        self._stream.write(ET.tostring(point, encoding="unicode") + "\n")

    def end(self) -> None:
        self._stream.write("</gpx>\n")


_WRITERS: Final[Mapping[ExportFormat, type[_Csv] | type[_GeoJson] | type[_Kml] | type[_Gpx]]] = {
    ExportFormat.CSV: _Csv,
    ExportFormat.GEOJSON: _GeoJson,
    ExportFormat.KML: _Kml,
    ExportFormat.GPX: _Gpx,
}
