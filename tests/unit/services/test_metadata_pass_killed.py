"""The metadata pass in a program that is killed: nothing of it stays behind, and the next one goes on."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

import landmark_desktop
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services.metadata_pass import BATCH
from landmark_desktop.services.scanner import scan
from landmark_desktop.store.library import Library
from tests import pictures
from tests.bundles import write_bundle

PROGRAM = """
import sys, threading
from pathlib import Path
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.metadata.reading import MetadataReader
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.metadata_pass import MetadataPass
from landmark_desktop.services.metadata_reading import LibraryReader
from landmark_desktop.services.photo_rows import Ids, photo_rows
from landmark_desktop.services.scanner import scan
from landmark_desktop.store.library import Library

folder, library_path, bundle_path, batches = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
bundle = load_bundle(bundle_path)
db = Lane("db")
library = db.call(Library.open, library_path)
all_read = threading.Event()
read = []

def tell(job, found, changed):
    read.extend(found.ids)
    print(len(read), readers[0]._helper.pid, flush=True)
    if len(read) >= 100 * batches:
        threading.Event().wait()  # the library's lane: nothing more is stored, until somebody kills the program
    if len(read) == wanted:
        all_read.set()

readers = []

def make():
    readers.append(MetadataReader())
    return LibraryReader(db, library, lambda: bundle, tell=tell, problem=print, reader=readers[-1])

reading = MetadataPass(make, print, processes=1, start_s=0.0)
reading.open(1)
entries = [entry for listing in scan([folder]) for entry in listing.entries]
found = photo_rows(db.call(library.sync_rows, folder, entries, bundle.key), Ids())
wanted = int((~found.rows["facts_read"]).sum())
reading.add(1, folder, found)
assert all_read.wait(60)
reading.close()
db.call(library.close)
db.close()
"""


def records(path: Path, folder: Path) -> list[PhotoRecord]:
    library = Library.open(path)
    entries = [entry for listing in scan([folder]) for entry in listing.entries]
    found = library.sync_folder(folder, entries, "none")
    library.close()
    return found


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_program_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, library, program = tmp_path / "photos", tmp_path / "library.sqlite", tmp_path / "program.py"
    bundle = write_bundle(tmp_path / "bundle")
    first = pictures.photo(folder / "0.jpg", size=(32, 24), taken_at=datetime(2024, 5, 1, 10, 11, 12))
    for number in range(1, 3 * BATCH):
        (folder / f"{number}.jpg").write_bytes(first.read_bytes())
    program.write_text(PROGRAM, "utf-8")
    command = [sys.executable, str(program), str(folder), str(library), str(bundle.source)]
    environment = os.environ | {"PYTHONPATH": str(Path(landmark_desktop.__file__).parents[1])}
    with subprocess.Popen([*command, "1"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        done, helper = map(int, process.stdout.readline().split())
        process.send_signal(signal.SIGKILL)
    known = records(library, folder)
    assert sum(record.photo.facts_read for record in known) == done == BATCH
    assert all(record.photo.facts.taken_at is not None for record in known if record.photo.facts_read)
    deadline = time.monotonic() + 20
    while not is_gone(helper) and time.monotonic() < deadline:
        os.sched_yield()
    assert is_gone(helper)  # the process that read for it ended with it
    again = subprocess.run([*command, "9"], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    assert int(again.stdout.splitlines()[-1].split()[0]) == 2 * BATCH  # the others, and no photo twice
    assert all(record.photo.facts_read for record in records(library, folder))
