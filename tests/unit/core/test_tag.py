"""Tag requests, changes and runs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.tag import (
    FieldChange,
    ReviewedBy,
    Run,
    RunState,
    SidecarName,
    TagChange,
    TagRequest,
    WriteMode,
)
from tests.bundles import PETRA

TIME = datetime(2024, 5, 1, 12, tzinfo=UTC)
REQUEST = TagRequest(Path("a.jpg"), PETRA, "colours", "1.0", 0.97, ReviewedBy.USER, True, "run-1", TIME)


def run(done: int, undone: int = 0) -> Run:
    return Run("run-1", TIME, photos=done + undone, done=done, failed=0, undone=undone)


def test_a_request_asks_for_a_full_named_sidecar_unless_told_otherwise() -> None:
    # The original is sacred: embedding is a choice, never the default.
    assert (REQUEST.mode, REQUEST.sidecar_name) == (WriteMode.SIDECAR, SidecarName.FULL)


def test_a_change_without_fields_is_empty() -> None:
    def change(*fields: FieldChange) -> TagChange:
        return TagChange(REQUEST, Path("a.jpg.xmp"), False, fields, FileIdentity(1, 1), None)

    assert change().is_empty
    assert not change(FieldChange("Xmp.photoshop.City", "", "Wadi Musa")).is_empty


@pytest.mark.parametrize(("done", "undone", "can_undo"), [(0, 0, False), (3, 0, True), (1, 2, True), (0, 3, False)])
def test_a_run_can_be_undone_while_something_of_it_stands(done: int, undone: int, can_undo: bool) -> None:
    assert run(done, undone).can_undo is can_undo


def test_states_that_are_stored_keep_their_spelling() -> None:
    # The journal and settings hold these words; renaming one would orphan what is stored.
    assert [state.value for state in RunState] == ["pending", "done", "failed", "undoing", "undone"]
    assert [mode.value for mode in WriteMode] == ["sidecar", "embedded"]
    assert [name.value for name in SidecarName] == ["full", "stem"]
    assert [by.value for by in ReviewedBy] == ["user", "auto"]
