"""The process that meets hostile files: all that the program does with a photo, from the scan to undo.

Runs as ``python -m tests.hardening.victim``: a path of a folder a line on standard input, a JSON object a line on
standard output. Whatever is not a known error is a finding; so is a photo that is not the same afterwards. What kills
this process or takes too long is found by the other side (:mod:`.watch`).
"""

import hashlib
import json
import os
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MEMORY = 3 * 2**30
"""Bytes of address space that the program may take for one photo; what one photo's pixels may take is 2 GB."""


def meet(folder: Path) -> dict[str, Any]:
    """Do all with the photos of ``folder`` and return what came of it: ``errors`` (codes), ``decoded``, ``written``,
    ``bugs`` (texts; must be empty) and ``seconds`` of computing."""
    from landmark_desktop.services.scanner import scan

    found: dict[str, Any] = {"errors": [], "decoded": 0, "written": 0, "bugs": []}
    started = time.process_time()
    for listing in scan([folder]):
        for entry in listing.entries:
            for step in (_see, _write_sidecar, _embed):
                _guarded(step, folder / entry.name, found)
    found["seconds"] = round(time.process_time() - started, 3)
    return found


def _guarded(step: Any, path: Path, found: dict[str, Any]) -> None:
    from landmark_desktop.core.errors import KnownError

    before = _digest(path)
    try:
        step(path, found)
    except KnownError as error:
        found["errors"].append(str(error.code))
        if not (error.message and error.remedy):
            found["bugs"].append(f"{error.code} says nothing")
    except Exception:
        found["bugs"].append(traceback.format_exc())
    if _digest(path) != before:
        found["bugs"].append(f"{path.name} is not the same after {step.__name__}")
    if rest := [other.name for other in path.parent.iterdir() if other.name.endswith(".tmp")]:
        found["bugs"].append(f"left behind: {rest}")


def _see(path: Path, found: dict[str, Any]) -> None:
    """What a photo that is opened goes through."""
    from landmark_desktop.core.errors import KnownError
    from landmark_desktop.core.photo import FileIdentity, Photo
    from landmark_desktop.core.preprocess import InputSpec, preprocess
    from landmark_desktop.imaging.decode import decode
    from landmark_desktop.metadata.reader import read_location, read_metadata

    photo = Photo(1, path, FileIdentity.of(path, with_content=True))
    for read in (lambda: read_metadata(photo), lambda: read_location(path)):
        try:
            read()
        except KnownError as error:
            found["errors"].append(str(error.code))
    decoded = decode(path)
    assert decoded.width > 0 < decoded.height
    preprocess(decoded.image, InputSpec(64, 64, 64, "bilinear"))
    found["decoded"] += 1


def _write_sidecar(path: Path, found: dict[str, Any]) -> None:
    _write(path, found, embedded=False)


def _embed(path: Path, found: dict[str, Any]) -> None:
    _write(path, found, embedded=True)


def _write(path: Path, found: dict[str, Any], *, embedded: bool) -> None:
    """Tag, and take it back: the photo and its sidecar are as they were."""
    from landmark_desktop.core.tag import ReviewedBy, TagRequest, WriteMode
    from landmark_desktop.metadata import writer
    from tests.bundles import EIFFEL

    request = TagRequest(
        photo_path=path,
        landmark=EIFFEL,
        bundle_id="hostile",
        bundle_version="1",
        confidence=0.9,
        reviewed_by=ReviewedBy.USER,
        taken_here=True,
        run_id="run",
        time=datetime(2024, 5, 1, tzinfo=UTC),
        mode=WriteMode.EMBEDDED if embedded else WriteMode.SIDECAR,
    )
    change = writer.plan_tag(request)
    if change.is_empty:
        return
    before = change.target.read_bytes() if change.target_existed else None
    shot = writer.take_snapshot(change)
    written = writer.write_tag(change)
    found["written"] += 1
    writer.undo_tag(change.target, shot, written)
    after = change.target.read_bytes() if change.target.exists() else None
    assert after == before, "undo did not give back the same file"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Meet one folder after the other."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import landmark_desktop.imaging.decode
    import landmark_desktop.metadata.writer
    import landmark_desktop.services.scanner  # noqa: F401  # the first photo does not pay for the imports

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(meet(Path(json.loads(line)))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
