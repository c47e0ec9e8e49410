"""Tagging and undoing, killed at random moments: ``python -m tests.torture FOLDER COUNT``.

Each round starts a process that settles what the one before left open, takes everything back, and proves that every
file is what it was in the beginning, byte for byte. Then it tags, undoes, writes again and undoes until it is killed.

Each photo has a twin, another name of the same file elsewhere: a file that is replaced as a whole leaves its twin as it
was, one that is overwritten in place, be it for a moment, takes the twin with it.
"""

import os
import random
import select
import signal
import sys
import traceback
from pathlib import Path

from landmark_desktop.core.tag import RunState, WriteMode
from landmark_desktop.services.tagging import TagOptions
from tests.unit.services.test_tagging import Desk, ignore

NAMES = ("a.jpg", "b.jpg", "c.png", "d.webp", "e.jpg", "f.jpg")
LONGEST_S = 0.15
"""Longer than a run over these photos and its undo take."""


def settle(desk: Desk, original: dict[str, bytes]) -> int:
    """Reconcile and take all back; returns how many writes had been cut off. Fails if anything is not as it was."""
    results = desk.service.reconcile()
    assert all(result.error is None for result in results), results
    assert desk.db.call(desk.library.journal.unfinished) == []
    undone = desk.service.undo_folder(desk.folder, ignore)
    assert all(result.state is RunState.UNDONE for result in undone), undone
    files = desk.files()
    assert sorted(files) == sorted(original), sorted(files)
    assert [name for name in files if files[name] != original[name]] == []
    return len(results)


def work(folder: Path, original: dict[str, bytes], ready: int, seed: int) -> None:
    """One process: settle, say how much was cut off, then tag and undo until killed."""
    desk = Desk(folder)
    cut_off = settle(desk, original)
    link_twins(folder)
    os.write(ready, bytes([cut_off]))
    chance = random.Random(seed)
    while True:
        mode = chance.choice(list(WriteMode))
        results = desk.apply(desk.service.plan(desk.accepted(*NAMES), TagOptions(mode=mode)))
        assert all(result.error is None for result in results), results
        for step in (desk.service.undo, desk.service.redo, desk.service.undo):
            done = step(None, ignore)
            assert all(result.error is None for result in done), done


def link_twins(folder: Path) -> None:
    """Give every photo a second name outside the folder."""
    twins = folder / "twins"
    twins.mkdir(exist_ok=True)
    for path in (folder / "photos").iterdir():
        twin = twins / path.name
        twin.unlink(missing_ok=True)
        twin.hardlink_to(path)


def overwritten(folder: Path, original: dict[str, bytes]) -> list[str]:
    """The photos whose twin is no longer what it was: they were written in place."""
    return [name for name in original if (folder / "twins" / name).read_bytes() != original[name]]


def main(folder: Path, count: int) -> int:
    """Kill ``count`` processes; returns 0 if no file was ever damaged. Prints how many writes were cut off."""
    first = os.fork()
    if first == 0:  # no threads may live in the process that forks
        desk = Desk(folder)
        desk.accepted(*NAMES)
        desk.close()
        os._exit(0)
    if os.waitpid(first, 0)[1] != 0:
        return 1
    original = {path.name: path.read_bytes() for path in (folder / "photos").iterdir()}
    chance = random.Random(count)
    cut_off = 0
    for number in range(count + 1):
        ready, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(folder, original, tell, number)
            except BaseException:
                traceback.print_exc()
            os._exit(1)
        os.close(tell)
        said = os.read(ready, 1)
        if said:
            cut_off += said[0]
            # Readable again only if the child ended by itself, which it never should.
            failed = bool(select.select([ready], [], [], chance.uniform(0, LONGEST_S))[0])
        os.close(ready)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        spoiled = overwritten(folder, original) if said else []
        if not said or failed or spoiled:
            sys.stderr.write(f"round {number} failed; written in place: {spoiled}\n")
            return 1
    sys.stdout.write(f"killed {count} times, {cut_off} writes and undos cut off, no file damaged\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
