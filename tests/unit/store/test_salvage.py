"""Reading a damaged library past its broken pages."""

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.store.database import HEADER_BYTES
from landmark_desktop.store.library import Library
from landmark_desktop.store.salvage import salvage
from tests.hardening import damage


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    library = Library.open(tmp_path / "library.sqlite")
    damage.fill(library)
    library.close()
    return library.path


def leaves_of(path: Path, table: str) -> dict[int, int]:
    """The pages that hold a table's rows, in order, with how many each holds."""
    connection = sqlite3.connect(path)
    found = dict(
        connection.execute(
            "SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", (table,)
        ).fetchall()
    )
    connection.close()
    return found


def read(path: Path, table: str) -> tuple[list[dict[str, Any]], set[str]]:
    rows: list[dict[str, Any]] = []
    header = path.read_bytes()[:HEADER_BYTES]
    missing = salvage(path, header, lambda name, row: rows.append(row) if name == table else None)
    return rows, missing


def break_pages(path: Path, *pages: int) -> None:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * 4096 : page * 4096] = random.Random(page).randbytes(4096)
    path.write_bytes(data)


def test_a_sound_library_is_read_whole_and_once(filled: Path) -> None:
    rows, missing = read(filled, "photo")
    assert [row["id"] for row in rows] == list(range(1, damage.PHOTOS + 1))
    assert missing == set()


def test_broken_pages_take_only_their_own_rows_along(filled: Path) -> None:
    leaves = leaves_of(filled, "photo")
    second, fourth, last = (list(leaves)[number] for number in (1, 3, -1))
    break_pages(filled, second, fourth, last)
    rows, missing = read(filled, "photo")
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids)) == damage.PHOTOS - leaves[second] - leaves[fourth] - leaves[last]
    assert "photo" in missing
    assert "review" not in missing


def test_a_row_that_makes_no_sense_is_left_out(filled: Path) -> None:
    data = filled.read_bytes()
    assert data.count(b"rejected") > 1
    filled.write_bytes(data.replace(b"rejected", b"rejexted", 1))
    rows, missing = read(filled, "review")
    assert len(rows) == damage.REVIEWS - 1
    assert missing == {"review"}


def test_the_damaged_file_is_not_changed(filled: Path) -> None:
    break_pages(filled, *list(leaves_of(filled, "write"))[:2])
    before = {file.name: file.read_bytes() for file in filled.parent.iterdir()}
    read(filled, "write")
    assert {file.name: file.read_bytes() for file in filled.parent.iterdir()} == before
