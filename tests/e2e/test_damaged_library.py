"""A damaged library on the command line: every command that opens it tells what was recovered."""

from pathlib import Path

import pytest

from tests.e2e.conftest import RunMain


@pytest.mark.parametrize(
    "command", [("classify",), ("tag", "--dry-run"), ("import",), ("runs",), ("undo",)], ids=lambda command: command[0]
)
def test_a_command_tells_what_was_recovered(
    command: tuple[str, ...], run: RunMain, photos: Path, library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert run("tag", photos)[0] == 0
    library.write_bytes(bytes(100) + library.read_bytes()[100:])
    takes_photos = command[0] not in {"runs", "undo"}
    code, _, told = run(command[0], *([photos] if takes_photos else []), *command[1:], with_bundle=takes_photos)
    assert code == 0
    assert "The library library.sqlite was damaged. All reviews and runs were recovered" in told
    assert "tagged files: 3" in told
    assert "kept as library.sqlite.damaged-1" in told
    assert library.with_name("library.sqlite.damaged-1").exists()
    if command[0] == "undo":
        assert not list(photos.glob("*.xmp"))
    assert "damaged" not in run("runs", with_bundle=False)[2]
