"""Known errors: every code has a sentence and a remedy, and OS errors become the fitting ones."""

import errno
import os
import pickle
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from landmark_desktop.core.errors import (
    ERROR_TEXTS,
    ErrorCode,
    KnownError,
    MetadataError,
    PhotoError,
    metadata_error_from_os,
    photo_error_from_os,
)

PHOTO = Path("holiday") / "IMG_1.jpg"


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_code_has_exactly_one_text() -> None:
    assert set(ERROR_TEXTS) == set(ErrorCode)


@pytest.mark.parametrize("code", ErrorCode)
def test_every_text_is_a_sentence_with_a_remedy_and_shows_its_parameters(code: ErrorCode) -> None:
    text = ERROR_TEXTS[code]
    names = fields_of(text.message) | fields_of(text.remedy)
    error = KnownError(code, **{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in str(error) for name in names)
    assert str(error) == f"{error.message} {error.remedy}"
    for sentence in (error.message, error.remedy):
        assert sentence.endswith(".")
        assert not sentence.endswith("..")
        assert "{" not in sentence


@pytest.mark.parametrize("code", ErrorCode)
def test_codes_are_stable_spellings(code: ErrorCode) -> None:
    # They are stored in the library: lower case with hyphens, derived from the name.
    assert code.value == code.name.lower().replace("_", "-")


def test_parameters_are_kept_as_text_so_that_they_can_be_stored() -> None:
    error = PhotoError(ErrorCode.PHOTO_TOO_LARGE, name="a.png", width=30000, height=2, megapixels=0, limit=250)
    assert error.params == {"name": "a.png", "width": "30000", "height": "2", "megapixels": "0", "limit": "250"}
    assert KnownError(error.code, **error.params).message == error.message


def test_braces_in_a_name_are_shown_as_they_are() -> None:
    assert KnownError(ErrorCode.FILE_EMPTY, name="{name}{0}.jpg").message == "{name}{0}.jpg is empty (0 bytes)."


def test_a_forgotten_parameter_is_a_bug_and_loud() -> None:
    with pytest.raises(KeyError):
        KnownError(ErrorCode.FILE_READ_FAILED, name="a.jpg")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOENT, ErrorCode.FILE_MISSING),
        (errno.EACCES, ErrorCode.FILE_NO_PERMISSION),
        (errno.EPERM, ErrorCode.FILE_NO_PERMISSION),
        (errno.EIO, ErrorCode.FILE_READ_FAILED),
        (errno.EISDIR, ErrorCode.FILE_READ_FAILED),
        (errno.ENAMETOOLONG, ErrorCode.FILE_READ_FAILED),
    ],
)
def test_errors_while_reading_become_photo_errors(number: int, code: ErrorCode) -> None:
    error = photo_error_from_os(OSError(number, os.strerror(number)), PHOTO)
    assert isinstance(error, PhotoError)
    assert (error.code, error.params["name"]) == (code, "IMG_1.jpg")
    assert error.params.get("reason", os.strerror(number)) == os.strerror(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, ErrorCode.WRITE_NO_PERMISSION),
        (errno.EPERM, ErrorCode.WRITE_NO_PERMISSION),
        (errno.EROFS, ErrorCode.WRITE_NO_PERMISSION),
        (errno.ENOSPC, ErrorCode.WRITE_NO_SPACE),
        (errno.EDQUOT, ErrorCode.WRITE_NO_SPACE),
        (errno.EIO, ErrorCode.WRITE_FAILED),
        (errno.ENOENT, ErrorCode.WRITE_FAILED),
    ],
)
def test_errors_while_writing_become_metadata_errors(number: int, code: ErrorCode) -> None:
    error = metadata_error_from_os(OSError(number, os.strerror(number)), PHOTO)
    assert isinstance(error, MetadataError)
    assert (error.code, error.params["name"]) == (code, "IMG_1.jpg")
    assert error.params.get("reason", os.strerror(number)) == os.strerror(number)


@pytest.mark.parametrize("convert", [photo_error_from_os, metadata_error_from_os])
def test_an_os_error_without_a_text_is_named_by_its_type(convert: Callable[[OSError, Path], KnownError]) -> None:
    assert convert(TimeoutError(), PHOTO).params["reason"] == "TimeoutError"


@pytest.mark.parametrize("convert", [photo_error_from_os, metadata_error_from_os])
def test_names_that_are_no_utf_8_can_be_stored_and_printed(convert: Callable[[OSError, Path], KnownError]) -> None:
    error = convert(OSError(errno.EIO, "x"), Path(os.fsdecode(b"caf\xe9.jpg")))
    assert error.params["name"].encode("utf-8").decode() == "caf\N{REPLACEMENT CHARACTER}.jpg"


def test_an_error_survives_the_way_to_another_process() -> None:
    error = PhotoError(ErrorCode.PHOTO_TRUNCATED, name="a.jpg")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is PhotoError
    assert (copy.code, copy.params, str(copy)) == (error.code, error.params, str(error))
