"""What Windows, macOS and desktops on Linux are told about the program."""

import plistlib
from pathlib import Path

from landmark_desktop.core.photo import PHOTO_SUFFIXES
from tools import dist
from tools.build_platforms import (
    MIME_TYPES,
    macos_info,
    version_numbers,
    windows_version_info,
)

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"


def test_every_photo_that_the_scanner_takes_has_a_type() -> None:
    named = [suffix for suffixes in MIME_TYPES.values() for suffix in suffixes]
    assert sorted(named) == sorted(PHOTO_SUFFIXES)


def test_the_menu_entry_opens_folders_and_these_types() -> None:
    (line,) = [line for line in dist.desktop_entry().splitlines() if line.startswith("MimeType=")]
    types = line.removeprefix("MimeType=").rstrip(";").split(";")
    assert types == ["inode/directory", *MIME_TYPES]


def test_macos_opens_photos_and_folders_but_is_nobodys_first_choice() -> None:
    info = macos_info("1.2.3")
    photos, folders = info["CFBundleDocumentTypes"]
    assert {"jpg", "heic", "nef"} <= set(photos["CFBundleTypeExtensions"])
    assert folders["LSItemContentTypes"] == ["public.folder"]
    assert {kind["LSHandlerRank"] for kind in (photos, folders)} == {"Alternate"}
    assert plistlib.loads(plistlib.dumps(info)) == info


def test_the_entitlements_are_a_property_list() -> None:
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(name.startswith("com.apple.security.cs.") and value is True for name, value in entitlements.items())


def test_windows_gets_four_numbers() -> None:
    assert version_numbers("1.2.3") == (1, 2, 3, 0)
    assert version_numbers("1.2.0rc1") == (1, 2, 0, 0)
    assert version_numbers("2.1") == (2, 1, 0, 0)


def test_windows_version_resource_is_what_pyinstaller_evaluates() -> None:
    """PyInstaller evaluates the text with these names; here they keep what they are given."""

    def keep(name: str) -> object:
        return lambda *arguments, **named: (name, arguments, named)

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct", "VarFileInfo")
    scope = {name: keep(name) for name in (*names, "VarStruct")}
    _, _, named = eval(windows_version_info("1.2.3", "landmark-desktop-cli"), scope)
    assert named["ffi"][2]["filevers"] == (1, 2, 3, 0)
    strings, _ = named["kids"]
    texts = dict(arguments for _, arguments, _ in strings[1][0][0][1][1])
    assert texts["OriginalFilename"] == "landmark-desktop-cli.exe"
    assert texts["FileVersion"] == "1.2.3"
