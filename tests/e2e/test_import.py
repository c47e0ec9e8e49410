"""Places that stand in files come into the library: ``import`` through ``main``."""

from pathlib import Path

import exiv2

from landmark_desktop.store.library import Library
from tests.e2e.conftest import RunMain


def test_places_of_other_programs_become_reviews(run: RunMain, photos: Path, library: Path) -> None:
    run("classify", photos)
    data = exiv2.XmpData()
    data["Xmp.photoshop.City"] = "Paris"
    data["Xmp.iptc.Location"] = "Eiffel Tower"
    (photos / "grey.jpg.xmp").write_text(exiv2.XmpParser.encode(data)[1], "utf-8")
    code, out, _ = run("import", photos)
    assert code == 0
    assert (
        out == "4 photos read: 1 accepted by what their files say, 0 with a place that is no landmark of this bundle.\n"
    )
    _, out, _ = run("export", photos, "--format", "csv")
    assert "Eiffel Tower" in out
    assert "grey.jpg" in out


def test_a_second_library_learns_what_the_first_one_wrote(run: RunMain, photos: Path, library: Path) -> None:
    run("tag", photos)
    for file in library.parent.glob(f"{library.name}*"):  # its safety copy, too, or all would come back
        file.unlink()
    run("classify", photos)
    opened = Library.open(library)
    records = opened.records([row["id"] for row in opened.rows_in(photos, "")], "")
    opened.close()
    # Tagged without a person: shown as tagged, and not reviewed.
    tagged = {record.photo.name: (record.tagged, record.review) for record in records}
    assert tagged["petra.jpg"] == ("petra", None)
    assert tagged["grey.jpg"] == (None, None)


def test_nothing_to_read_is_told(run: RunMain, tmp_path: Path) -> None:
    assert run("import", tmp_path / "missing")[0] == 3
