"""Bundles as files: what is written reads back equal, and no damaged or hostile folder or zip gets through."""

import hashlib
import json
import pickle
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core import bundle as module
from landmark_desktop.core import bundle_files
from landmark_desktop.core.bundle import (
    CARD_NAME,
    MANIFEST_NAME,
    MODEL_NAME,
    Bundle,
    ModelFile,
    landmark_ids,
    load_bundle,
    manifest_to_json,
)
from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.preprocess import InputSpec
from tests.bundles import LANDMARKS, PETRA, manifest_for, model_bytes, write_bundle, zip_bundle
from tests.unit.core.helpers import LOCATION, MODEL, refused, rewrite, with_value, without


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "colours", MODEL)


# -- sound bundles ----------------------------------------------------------------------------------------------------


def test_what_is_written_reads_back_equal(tmp_path: Path) -> None:
    manifest = manifest_for(
        MODEL,
        id="world-79",
        version="2.1.0-rc.1",
        created=datetime(2024, 5, 1, 23, 59, 58, 123456, timezone(timedelta(hours=5, minutes=30))),
        landmarks=(
            *LANDMARKS,
            Landmark("no_place", "No place"),
            Landmark("x1", "É", location=Location("a\u2028b", -90, 180, 0.5, "s", "c", "r", "C", "CC")),
        ),
        models=(
            *manifest_for(MODEL).models,
            ModelFile("model-int8.onnx", "0" * 64, "int8", 21),
        ),
        calibration={"temperature": 1.25},
        novelty={"method": "background", "scale": [0.0, 1.0]},
        metrics={"top_1": 0.897, "nested": {"deep": [1, None, True, "ä"]}},
        provenance={"photos": 12},
    )
    folder = write_bundle(tmp_path / "b", MODEL).source
    (folder / MANIFEST_NAME).write_text(manifest_to_json(manifest), "utf-8")
    assert load_bundle(folder) == Bundle(folder, manifest)
    squeezed = replace(manifest, input=InputSpec(32, 32, 40, squeeze=1.155))
    (folder / MANIFEST_NAME).write_text(manifest_to_json(squeezed), "utf-8")
    assert load_bundle(folder) == Bundle(folder, squeezed)
    assert [json.loads(manifest_to_json(each))["schema"] for each in (manifest, squeezed)] == [1, 2]


def test_a_time_without_zone_is_utc(bundle: Bundle) -> None:
    loaded = load_bundle(rewrite(bundle, with_value(("created",), "2024-05-01T10:11:12")))
    assert loaded.manifest.created == datetime(2024, 5, 1, 10, 11, 12, tzinfo=UTC)


def test_a_number_that_json_does_not_know_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        manifest_to_json(manifest_for(MODEL, metrics={"loss": float("nan")}))


def packed_in_folder(bundle: Bundle, target: Path) -> Path:
    """A zip as file managers make it: one folder at the top, with an entry of its own."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("colours")
        for file in sorted(bundle.source.iterdir()):
            archive.write(file, f"colours/{file.name}")
    return target


@pytest.mark.parametrize(
    "source_of",
    [
        lambda bundle: bundle.source,
        lambda bundle: bundle.source / MANIFEST_NAME,
        lambda bundle: zip_bundle(bundle, bundle.source.parent / "b.zip"),
        lambda bundle: packed_in_folder(bundle, bundle.source.parent / "b.zip"),
    ],
    ids=["folder", "bundle.json", "zip", "zip-with-folder"],
)
def test_folder_description_and_zips_give_the_same_bundle(bundle: Bundle, source_of: Callable[[Bundle], Path]) -> None:
    (bundle.source / CARD_NAME).write_text("# Colours ünd so", "utf-8")
    loaded = load_bundle(source_of(bundle))
    assert loaded.manifest == bundle.manifest
    assert loaded.read_model() == MODEL
    assert loaded.read_card() == "# Colours ünd so"


def test_a_bundle_may_be_described_before_its_model_is_checked(bundle: Bundle) -> None:
    (bundle.source / "model.onnx").write_bytes(MODEL[:-1])
    loaded = load_bundle(bundle.source, with_model=False)
    assert loaded.manifest == bundle.manifest
    with pytest.raises(BundleError) as caught:
        loaded.read_model()
    assert caught.value.code is ErrorCode.BUNDLE_HASH


def test_a_bundle_without_a_card_has_an_empty_one(bundle: Bundle) -> None:
    assert bundle.read_card() == ""


def test_the_key_is_the_hash_of_the_fp32_model(bundle: Bundle) -> None:
    assert load_bundle(bundle.source).key == hashlib.sha256(MODEL).hexdigest()


def test_landmarks_are_found_by_id_and_keep_the_models_order(bundle: Bundle) -> None:
    assert bundle.landmark_by_id["petra"] == PETRA
    assert landmark_ids(bundle.manifest.landmarks) == ("eiffel_tower", "taj_mahal", "petra")
    with pytest.raises(TypeError):
        bundle.landmark_by_id["petra"] = LANDMARKS[0]  # type: ignore[index]


def test_a_landmark_may_have_no_location(bundle: Bundle) -> None:
    for text in (without(LOCATION), with_value(LOCATION, None)):
        assert load_bundle(rewrite(bundle, text)).manifest.landmarks[0].location is None


def test_models_of_other_precisions_are_read_and_verified_on_demand(tmp_path: Path) -> None:
    small = model_bytes(classes=2)
    models = (*manifest_for(MODEL).models, ModelFile("small.onnx", hashlib.sha256(small).hexdigest(), "int8", 18))
    bundle = load_bundle(write_bundle(tmp_path / "b", MODEL, models=models).source)
    assert bundle.key == models[0].sha256
    with pytest.raises(BundleError) as caught:
        bundle.read_model("int8")
    assert caught.value.code is ErrorCode.BUNDLE_MISSING
    (bundle.source / "small.onnx").write_bytes(small)
    assert bundle.read_model("int8") == small
    (bundle.source / "small.onnx").write_bytes(b"other")
    with pytest.raises(BundleError) as caught:
        bundle.read_model("int8")
    assert (caught.value.code, caught.value.params["file"]) == (ErrorCode.BUNDLE_HASH, "small.onnx")
    with pytest.raises(KeyError):
        bundle.model("fp16")


def test_a_hash_in_capitals_is_the_same_hash(bundle: Bundle) -> None:
    text = with_value(("models", 0, "sha256"), hashlib.sha256(MODEL).hexdigest().upper())
    assert load_bundle(rewrite(bundle, text)).key == hashlib.sha256(MODEL).hexdigest()


# -- files that are not there, or not sound ---------------------------------------------------------------------------


def test_a_missing_bundle_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "gone") in refused(tmp_path / "gone", ErrorCode.BUNDLE_MISSING)
    refused(tmp_path / MANIFEST_NAME, ErrorCode.BUNDLE_MISSING)


@pytest.mark.parametrize("name", [MANIFEST_NAME, MODEL_NAME])
def test_a_missing_file_is_named(bundle: Bundle, name: str) -> None:
    (bundle.source / name).unlink()
    assert name in refused(bundle.source, ErrorCode.BUNDLE_MISSING)
    assert name in refused(zip_bundle(bundle, bundle.source.parent / "b.zip"), ErrorCode.BUNDLE_MISSING)


def test_a_folder_named_like_the_model_is_no_model(bundle: Bundle) -> None:
    (bundle.source / MODEL_NAME).unlink()
    (bundle.source / MODEL_NAME).mkdir()
    refused(bundle.source, ErrorCode.BUNDLE_MISSING)


def test_a_name_that_the_system_refuses_is_a_known_error() -> None:
    refused(Path("x" * 5000), ErrorCode.BUNDLE_UNREADABLE)


def test_a_file_that_cannot_be_read_is_a_known_error(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "Permission denied" in refused(bundle.source, ErrorCode.BUNDLE_UNREADABLE)


def test_a_changed_model_is_refused(bundle: Bundle) -> None:
    (bundle.source / MODEL_NAME).write_bytes(MODEL + b"!")
    assert MODEL_NAME in refused(bundle.source, ErrorCode.BUNDLE_HASH)
    assert MODEL_NAME in refused(zip_bundle(bundle, bundle.source.parent / "b.zip"), ErrorCode.BUNDLE_HASH)


def test_a_model_that_does_more_than_compute_is_refused_with_its_bundle(tmp_path: Path) -> None:
    made = onnx.load_from_string(MODEL)
    made.graph.node[0].domain = "com.evil"
    bundle = write_bundle(tmp_path / "evil", made.SerializeToString())
    for source in (bundle.source, zip_bundle(bundle, tmp_path / "evil.zip")):
        message = refused(source, ErrorCode.BUNDLE_UNSAFE)
        assert "model.onnx: its operator Cast of 'com.evil' is not part of the ONNX standard" in message
    refused(write_bundle(tmp_path / "pickle", pickle.dumps([1, 2, 3])).source, ErrorCode.BUNDLE_UNSAFE)


def test_an_opset_that_is_not_the_models_is_refused(bundle: Bundle) -> None:
    text = with_value(("models", 0, "opset"), 17)
    assert "opset 18, bundle.json says 17" in refused(rewrite(bundle, text), ErrorCode.BUNDLE_SHAPE)


def test_files_above_their_limit_are_not_read(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_MODEL_BYTES", len(MODEL) - 1)
    assert f"{MODEL_NAME} is too large" in refused(bundle.source)
    packed = zip_bundle(bundle, bundle.source.parent / "b.zip")
    assert f"{MODEL_NAME} is too large" in refused(packed)
    monkeypatch.setattr(module, "MAX_MODEL_BYTES", len(MODEL))
    assert load_bundle(packed).read_model() == MODEL
    with (bundle.source / MANIFEST_NAME).open("r+b") as file:
        file.truncate(module.MAX_MANIFEST_BYTES + 1)  # a sparse file: it takes no room
    assert f"{MANIFEST_NAME} is too large" in refused(bundle.source)


@pytest.mark.parametrize(
    "text",
    ["", "{", "no json", b"\xff\xfe\x00", b"\x80", "[" * 200_000, '{"a":' * 200_000, "9" * 10_000, '{"a": NaN}'],
    ids=["empty", "open", "words", "half-utf-16", "no-utf-8", "deep-list", "deep-object", "long-number", "nan"],
)
def test_a_description_that_is_no_json_is_refused(bundle: Bundle, text: str | bytes) -> None:
    assert "not valid JSON" in refused(rewrite(bundle, text))


@pytest.mark.parametrize("text", ["[]", "null", "3", '"text"'])
def test_a_description_that_is_no_object_is_refused(bundle: Bundle, text: str) -> None:
    assert "must be a JSON object" in refused(rewrite(bundle, text))


# -- zips -------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"This is no zip.", MODEL * 100):
        (tmp_path / "b.zip").write_bytes(content)
        refused(tmp_path / "b.zip", ErrorCode.BUNDLE_UNREADABLE)


def test_a_truncated_zip_is_refused(bundle: Bundle) -> None:
    packed = zip_bundle(bundle, bundle.source.parent / "b.zip")
    data = packed.read_bytes()
    for length in (10, len(data) // 2, len(data) - 1):
        packed.write_bytes(data[:length])
        refused(packed, ErrorCode.BUNDLE_UNREADABLE)


def test_a_zip_with_two_bundles_is_refused(bundle: Bundle) -> None:
    packed = bundle.source.parent / "b.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for folder in ("one", "two"):
            for file in bundle.source.iterdir():
                archive.write(file, f"{folder}/{file.name}")
    refused(packed, ErrorCode.BUNDLE_MISSING)


def test_a_bundle_two_folders_down_is_not_looked_for(bundle: Bundle) -> None:
    packed = bundle.source.parent / "b.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in bundle.source.iterdir():
            archive.write(file, f"a/b/{file.name}")
    refused(packed, ErrorCode.BUNDLE_MISSING)


@pytest.mark.parametrize(
    ("local", "central", "value"),
    [(6, 8, 1), (8, 10, 99)],  # the offsets of flags and method in the headers of an entry
    ids=["encrypted", "unknown-method"],
)
def test_an_encrypted_or_exotic_zip_is_refused(bundle: Bundle, local: int, central: int, value: int) -> None:
    packed = zip_bundle(bundle, bundle.source.parent / "b.zip")
    data = bytearray(packed.read_bytes())
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] = value
            start = data.find(signature, start + 4)
    packed.write_bytes(data)
    refused(packed, ErrorCode.BUNDLE_UNREADABLE)


@pytest.fixture(scope="module")
def packed_bytes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, bytes]]:
    """A scratch file, and the bytes of one bundle packed by each method."""
    folder = tmp_path_factory.mktemp("zips")
    bundle = write_bundle(folder / "colours", MODEL)
    packed = {}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(folder / "b.zip", "w", method) as archive:
            for file in sorted(bundle.source.iterdir()):
                archive.write(file, file.name)
        packed[method] = (folder / "b.zip").read_bytes()
    return folder / "damaged.zip", packed


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_zip_is_refused_or_harmless(
    packed_bytes: tuple[Path, dict[int, bytes]], method: int, changes: list[tuple[float, int]]
) -> None:
    path, packed = packed_bytes
    data = bytearray(packed[method])
    for share, value in changes:
        data[int(share * len(data))] = value
    path.write_bytes(data)
    try:
        loaded = load_bundle(path)
    except BundleError:
        return
    # Nothing that matters was hit: every byte of both files is covered by a checksum.
    assert loaded.manifest == manifest_for(MODEL)
    assert loaded.read_model() == MODEL


# -- nothing outside --------------------------------------------------------------------------------------------------

OUTSIDE = (
    "../x.onnx",
    "/etc/x.onnx",
    "a/b.onnx",
    "..\\x.onnx",
    "C:x.onnx",
    "C:\\x.onnx",
    "..",
    "",
    ".onnx",
    "a\0.onnx",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_model_outside_the_bundle_is_never_read(bundle: Bundle, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The file is there and its hash is right: only its name is in the way.
    for place in (bundle.source.parent / "x.onnx", bundle.source / "a" / "b.onnx"):
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(MODEL)
    read: list[Path] = []
    read_bytes = Path.read_bytes

    def spy(path: Path) -> bytes:
        read.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", spy)
    assert "plain name" in refused(rewrite(bundle, with_value(("models", 0, "file"), name)))
    assert read == [bundle.source / MANIFEST_NAME]


@pytest.mark.parametrize("name", ["../x.onnx", "/etc/x.onnx", "a/../../x.onnx", "..\\x.onnx", "C:\\x.onnx", "C:x.onnx"])
def test_a_zip_that_would_write_elsewhere_is_refused_and_leaves_no_trace(tmp_path: Path, name: str) -> None:
    packed = tmp_path / "some" / "folder" / "b.zip"
    packed.parent.mkdir(parents=True)
    zip_bundle(write_bundle(tmp_path / "colours"), packed)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(name, MODEL)
    before = sorted(tmp_path.rglob("*"))
    assert "leads out of it" in refused(packed, ErrorCode.BUNDLE_UNSAFE)
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/etc/x.onnx").exists()


def test_a_zip_with_a_link_is_refused(bundle: Bundle) -> None:
    packed = zip_bundle(bundle, bundle.source.parent / "b.zip")
    link = zipfile.ZipInfo("card")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "'card' in it is a link" in refused(packed, ErrorCode.BUNDLE_UNSAFE)


# -- bombs ------------------------------------------------------------------------------------------------------------


def test_a_model_that_unfolds_from_next_to_nothing_is_refused_unread(tmp_path: Path) -> None:
    packed = tmp_path / "b.zip"
    text = manifest_to_json(manifest_for(MODEL))
    zeros = bytes(1 << 20)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST_NAME, text)
        with archive.open(MODEL_NAME, "w") as file:
            for _ in range(bundle_files.BOMB_BYTES // len(zeros) + 1):
                file.write(zeros)
    tracemalloc.start()
    try:
        assert "would unfold to 68,157,440 bytes" in refused(packed, ErrorCode.BUNDLE_UNSAFE)
        assert tracemalloc.get_traced_memory()[1] < 20 * len(zeros)
    finally:
        tracemalloc.stop()


def test_a_zip_with_millions_of_names_is_refused_before_they_are_read(bundle: Bundle) -> None:
    packed = bundle.source.parent / "b.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(17_000):
            archive.writestr(f"{number:020}", b"")
    assert "list of files is too long" in refused(packed, ErrorCode.BUNDLE_UNREADABLE)
