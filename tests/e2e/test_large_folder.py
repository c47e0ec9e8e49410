"""``landmark-desktop classify`` on a folder of 10,000 files of which 50 are bad."""

import io
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.inference.classifier import OnnxClassifier
from tests.bundles import COLOURS, colour_picture
from tests.e2e.conftest import RunMain
from tests.pictures import giant_png

TOTAL = 10_000
BAD = 10
"""Files of each of the five bad kinds."""


def jpeg(name: str) -> bytes:
    buffer = io.BytesIO()
    colour_picture(COLOURS[name], (24, 16)).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def make_folder(folder: Path) -> dict[str, str]:
    """Write the photos, each with content of its own; returns what is expected of each: a landmark, or words of its
    error."""
    good = {name: jpeg(name) for name in COLOURS}
    giant = giant_png(folder.parent / "giant.png").read_bytes()
    bad = {
        "is not a photo": lambda n: b"shopping list %d" % n,
        "cut off": lambda n: good["petra"][: 300 + n],
        "is empty": lambda _: b"",
        "30000 × 30000": lambda _: giant,
        "is damaged": lambda n: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + random.Random(n).randbytes(500),
    }
    kinds = [kind for kind in bad for _ in range(BAD)]
    kinds += random.Random(1).choices(list(COLOURS), k=TOTAL - len(kinds))
    random.Random(2).shuffle(kinds)
    folder.mkdir()
    expected = {}
    for number, kind in enumerate(kinds):
        # What follows the end of a JPEG is no part of the picture, but of the content.
        data = bad[kind](number % BAD) if kind in bad else good[kind] + b"%05d" % number
        name = f"IMG_{number:05}.jpg"
        (folder / name).write_bytes(data)
        expected[name] = kind
    return expected


@pytest.mark.slow
def test_each_bad_photo_has_its_error_and_all_others_their_guesses(
    run: RunMain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classified: list[int] = []
    real = OnnxClassifier.classify

    def classify(self: OnnxClassifier, images: UInt8Array) -> list[Guesses]:
        classified.append(len(images))
        return real(self, images)

    monkeypatch.setattr(OnnxClassifier, "classify", classify)
    expected = make_folder(tmp_path / "photos")
    code, out, err = run("classify", tmp_path / "photos", "--format", "jsonl", "--top-k", "1")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [Path(line["path"]).name for line in lines] == sorted(expected)  # in input order, none twice, none lost
    verdicts = Counter(line["verdict"] for line in lines)
    assert verdicts == {"landmark": TOTAL - 5 * BAD, "error": 5 * BAD}
    wrong = [line for line in lines if not _as_expected(line, expected[Path(line["path"]).name])]
    assert wrong == []
    assert sum(classified) == TOTAL - 5 * BAD
    code, again, _ = run("classify", tmp_path / "photos", "--format", "jsonl", "--top-k", "1")
    assert code == 0
    assert again == out
    assert sum(classified) == TOTAL - 5 * BAD


def _as_expected(line: dict[str, object], kind: str) -> bool:
    if kind in COLOURS:
        guesses = line["guesses"]
        return isinstance(guesses, list) and guesses[0]["id"] == kind
    return kind in str(line["error"]) and line["guesses"] == []
