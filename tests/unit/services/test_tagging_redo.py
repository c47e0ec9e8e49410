"""Back and forth again: redo, photos of a run, what others changed, files that vanish, two programs at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.tag import RunState, SidecarName, TagChange, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_location
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.store.library import Library
from tests.unit.metadata.helpers import read_exiv2, set_metadata
from tests.unit.services.test_tagging import Desk, Killed, ignore

MODES = pytest.mark.parametrize("mode", list(WriteMode))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@MODES
def test_an_undone_run_is_written_again_byte_for_byte_after_a_restart(desk: Desk, mode: WriteMode) -> None:
    (record,) = desk.accepted("a.jpg")
    before = desk.files()
    plan = desk.tag("a.jpg", options=TagOptions(mode=mode))
    after = desk.files()
    desk.reopen()
    desk.service.undo(plan.run_id, ignore)
    assert desk.files() == before
    (run,) = desk.service.runs()
    assert (run.can_undo, run.can_redo) == (False, True)
    desk.reopen()
    (result,) = desk.service.redo(plan.run_id, ignore)
    assert (result.state, result.error) == (RunState.DONE, None)
    assert desk.files() == after
    assert desk.tagged(record) == "eiffel_tower"
    desk.service.undo(plan.run_id, ignore)
    assert desk.files() == before


def test_a_photo_of_a_run_is_undone_and_redone_alone(desk: Desk) -> None:
    plan = desk.tag("a.jpg", "b.jpg")
    after = desk.files()
    chosen = desk.service.photo_ids(plan.run_id, [desk.folder / "b.jpg"])
    assert chosen == desk.service.photo_ids(plan.run_id, [desk.folder / "b.jpg.xmp"])
    desk.service.undo(plan.run_id, ignore, photos=chosen)
    assert sorted(set(after) - set(desk.files())) == ["b.jpg.xmp"]
    assert [(file.target.name, file.state, file.can_redo) for file in desk.service.written(plan.run_id)] == [
        ("a.jpg.xmp", RunState.DONE, False),
        ("b.jpg.xmp", RunState.UNDONE, True),
    ]
    desk.service.redo(None, ignore, photos=chosen)
    assert desk.files() == after
    with pytest.raises(MetadataError) as caught:
        desk.service.photo_ids(plan.run_id, [desk.folder / "c.jpg"])
    assert caught.value.code is ErrorCode.PHOTO_NOT_IN_RUN
    with pytest.raises(MetadataError) as caught:
        desk.service.redo(None, ignore)
    assert caught.value.code is ErrorCode.RUN_WITHOUT_UNDONE


@MODES
def test_redo_refuses_a_file_that_changed_since_the_undo(desk: Desk, mode: WriteMode) -> None:
    plan = desk.tag("a.jpg", options=TagOptions(mode=mode))
    target = plan.writes[0].target
    desk.service.undo(None, ignore)
    if mode is WriteMode.EMBEDDED:
        set_metadata(target, {"Exif.Image.Artist": "somebody"})
    else:
        target.write_text("theirs", "utf-8")
    theirs = target.read_bytes()
    (result,) = desk.service.redo(plan.run_id, ignore)
    assert result.error is not None
    assert (result.error.code, result.state) == (ErrorCode.REDO_CHANGED, RunState.UNDONE)
    assert target.read_bytes() == theirs
    assert desk.service.runs()[0].can_redo


@pytest.mark.parametrize(
    ("module", "step", "written"),
    [("writer", "redo_tag", False), ("journal", "mark_done", True)],
    ids=["before the write", "after the write"],
)
def test_a_redo_that_is_cut_off_is_settled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, module: str, step: str, written: bool
) -> None:
    plan = desk.tag("a.jpg")
    after = desk.files()
    desk.service.undo(None, ignore)
    before = desk.files()

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(writer if module == "writer" else desk.library.journal, step, die)
        with pytest.raises(Killed):
            desk.service.redo(plan.run_id, ignore)
    (result,) = desk.reopen()
    assert result.state is (RunState.DONE if written else RunState.UNDONE)
    assert desk.files() == (after if written else before)
    if not written:
        desk.service.redo(plan.run_id, ignore)
    desk.service.undo(plan.run_id, ignore)
    assert desk.files() == before


def rate(path: Path) -> None:
    """Another program rates a photo and adds a keyword."""
    sidecar = path.read_text("utf-8")
    sidecar = sidecar.replace("<rdf:li>Eiffel Tower</rdf:li>", "<rdf:li>Eiffel Tower</rdf:li><rdf:li>aunt</rdf:li>")
    path.write_text(
        sidecar.replace('rdf:about=""', 'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"')
    )


def test_only_our_fields_are_taken_out_of_a_sidecar_that_others_changed(desk: Desk) -> None:
    (record,) = desk.accepted("a.jpg")
    plan = desk.tag("a.jpg")
    sidecar = desk.folder / "a.jpg.xmp"
    rate(sidecar)
    (refused,) = desk.service.undo(plan.run_id, ignore)
    assert refused.error is not None
    assert refused.error.code is ErrorCode.UNDO_CHANGED
    (result,) = desk.service.undo(plan.run_id, ignore, only_ours=True)
    assert (result.state, result.error, result.can_redo) == (RunState.UNDONE, None, False)
    found = {key: value for key, value in read_exiv2(sidecar).items() if value}
    assert found == {"Xmp.xmp.Rating": "4", "Xmp.dc.subject": "aunt"}
    assert desk.tagged(record) is None
    assert not desk.service.runs()[0].can_redo


def test_only_our_fields_are_taken_out_of_a_photo_that_others_changed(desk: Desk) -> None:
    desk.accepted("a.jpg")
    photo = desk.folder / "a.jpg"
    with Image.open(photo) as image:
        pixels = image.tobytes()
    plan = desk.tag("a.jpg", options=TagOptions(mode=WriteMode.EMBEDDED))
    set_metadata(photo, {"Exif.Image.Artist": "somebody"})
    (result,) = desk.service.undo(plan.run_id, ignore, only_ours=True)
    assert (result.state, result.error) == (RunState.UNDONE, None)
    found = read_exiv2(photo)
    assert found.pop("Exif.Image.Artist") == "somebody"
    assert [key for key in found if "GPS" in key.rpartition(".")[2] and key != "Exif.Image.GPSTag"] == []
    assert [key for key in found if key.startswith("Xmp.")] == []
    assert read_location(photo).is_empty
    with Image.open(photo) as image:
        assert image.tobytes() == pixels


def test_a_sidecar_with_nothing_but_our_fields_goes_when_they_go(desk: Desk) -> None:
    desk.accepted("a.jpg")
    before = desk.files()
    desk.tag("a.jpg")
    sidecar = desk.folder / "a.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8") + "<!-- changed -->", "utf-8")
    desk.service.undo_folder(desk.folder, ignore, only_ours=True)
    assert desk.files() == before


def test_only_the_fields_of_the_run_itself_are_taken_out(desk: Desk) -> None:
    plan = desk.tag("a.jpg")
    newer = desk.apply(desk.service.plan(desk.accepted("a.jpg", landmark="petra"), TagOptions()))
    assert newer[0].state is RunState.DONE
    content = desk.files()
    (result,) = desk.service.undo(plan.run_id, ignore, only_ours=True)
    assert result.error is not None
    assert result.error.code is ErrorCode.UNDO_CHANGED
    assert desk.files() == content


def test_the_undo_of_a_vanished_file_is_told_as_not_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.tag("a.jpg", options=TagOptions(mode=WriteMode.EMBEDDED))

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(writer, "undo_tag", die)
        with pytest.raises(Killed):
            desk.service.undo(plan.run_id, ignore)
    photo = desk.folder / "a.jpg"
    content = photo.read_bytes()
    photo.unlink()
    (result,) = desk.reopen()
    assert result.error is not None
    assert result.error.code is ErrorCode.FILE_MISSING
    (entry,) = desk.db.call(desk.library.journal.entries, plan.run_id)
    assert "a.jpg" in entry.error
    photo.write_bytes(content)  # it comes back, and can still be undone
    assert [r.error for r in desk.service.undo(plan.run_id, ignore)] == [None]


def test_photos_that_share_a_sidecar_are_planned_once(desk: Desk) -> None:
    records = desk.accepted("a.jpg", "a.png")
    plan = desk.service.plan(records, TagOptions(sidecar_name=SidecarName.STEM))
    first, second = plan.items
    assert [item.path.name for item in plan.writes] == ["a.jpg"]
    assert second.change is not None
    assert second.change.target == first.target
    assert "The sidecar a.xmp also serves a.jpg; it is written once." in second.change.notes


def test_all_photos_that_share_a_sidecar_count_as_tagged_while_its_write_stands(desk: Desk) -> None:
    options = TagOptions(sidecar_name=SidecarName.STEM)
    jpeg, png = records = desk.accepted("a.jpg", "a.png")
    plan = desk.service.plan(records, options)
    desk.apply(plan)
    assert desk.tagged(jpeg) == desk.tagged(png) == "eiffel_tower"
    assert desk.service.sharing([jpeg.id]) == {png.id}
    desk.service.undo(plan.run_id, ignore)
    assert desk.tagged(jpeg) is desk.tagged(png) is None
    desk.service.redo(plan.run_id, ignore)
    assert desk.tagged(png) == "eiffel_tower"


def test_a_photo_that_comes_to_a_written_sidecar_later_is_found_to_be_tagged(desk: Desk) -> None:
    options = TagOptions(sidecar_name=SidecarName.STEM)
    jpeg, png = desk.accepted("a.jpg", "a.png")
    first = desk.service.plan([jpeg], options)
    desk.apply(first)
    assert desk.tagged(png) is None
    plan = desk.service.plan([png], options)
    assert plan.writes == ()
    assert plan.noted == (png.id,)
    assert desk.tagged(png) == "eiffel_tower"
    assert desk.service.plan([jpeg], options).noted == ()  # its own write, not another's
    desk.service.undo(first.run_id, ignore)
    assert desk.tagged(png) is None


def test_a_shared_sidecar_takes_one_landmark_only(desk: Desk) -> None:
    jpeg, png = desk.accepted("a.jpg", "a.png")
    assert png.review is not None
    other = replace(png, review=replace(png.review, landmark_id="petra"))
    first, second = desk.service.plan([jpeg, other], TagOptions(sidecar_name=SidecarName.STEM)).items
    assert first.error is None
    assert second.error is not None
    assert second.error.code is ErrorCode.SIDECAR_TAKEN


def test_a_starting_program_leaves_the_open_writes_of_a_living_one_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other program starts in the middle of our write; after our death it settles what we left."""
    other_db = Lane("db")
    other_library = other_db.call(Library.open, desk.library_path)
    other = TaggingService(other_db, other_library, desk.bundle)
    seen: list[list[object]] = []
    write = writer.write_tag

    def watched(change: TagChange, *, keep_mtime: bool = False) -> object:
        seen.append(list(other.reconcile()))
        if change.target.name == "b.jpg.xmp":
            raise Killed
        return write(change, keep_mtime=keep_mtime)

    monkeypatch.setattr(writer, "write_tag", watched)
    plan = desk.service.plan(desk.accepted("a.jpg", "b.jpg"), TagOptions())
    with pytest.raises(Killed):
        desk.service.apply(plan, ignore)
    assert seen == [[], []]
    desk.close()  # the lock goes with the program
    assert [result.state for result in other.reconcile()] == [RunState.DONE, RunState.FAILED]
    assert [result.state for result in other.undo(plan.run_id, ignore)] == [RunState.UNDONE]
    other_db.call(other_library.close)
    other_db.close()
    assert list(desk.folder.parent.glob("*.owner")) == []
    desk.open()
