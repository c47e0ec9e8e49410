"""What the platforms want to be told about a program: its document types, and its version in Windows' own form."""

import re
from typing import Any, Final

from landmark_desktop.core.photo import PHOTO_SUFFIXES

PUBLISHER: Final = "The authors of Landmark Desktop"
PROGRAM: Final = "Landmark Desktop"
SUMMARY: Final = "Finds the landmarks in your photos, and writes the places into them"
IDENTIFIER: Final = "org.landmark-desktop"
"""Bundle identifier of macOS."""
MACOS_MINIMUM: Final = "13.0"
"""What Qt 6.8 and later need; ONNX Runtime and the other wheels are content with less."""

MIME_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    "image/heif": (".heic", ".heif", ".hif"),
    "image/avif": (".avif",),
    "image/bmp": (".bmp",),
    "image/gif": (".gif",),
    "image/jp2": (".jp2",),
    "image/jpx": (".jpf", ".jpx"),
    "image/x-jp2-codestream": (".j2k", ".j2c", ".jpc"),
    "image/x-adobe-dng": (".dng",),
    "image/x-canon-cr2": (".cr2",),
    "image/x-canon-cr3": (".cr3",),
    "image/x-canon-crw": (".crw",),
    "image/x-epson-erf": (".erf",),
    "image/x-fuji-raf": (".raf",),
    "image/x-kodak-dcr": (".dcr",),
    "image/x-kodak-k25": (".k25",),
    "image/x-kodak-kdc": (".kdc",),
    "image/x-minolta-mrw": (".mrw",),
    "image/x-nikon-nef": (".nef",),
    "image/x-nikon-nrw": (".nrw",),
    "image/x-olympus-orf": (".orf", ".ori"),
    "image/x-panasonic-rw": (".raw",),
    "image/x-panasonic-rw2": (".rw2", ".rwl"),
    "image/x-pentax-pef": (".pef",),
    "image/x-sigma-x3f": (".x3f",),
    "image/x-sony-arw": (".arw",),
    "image/x-sony-sr2": (".sr2",),
    "image/x-sony-srf": (".srf",),
    "image/x-samsung-srw": (".srw",),
    # rarer raw files, for which shared-mime-info has one common name
    "image/x-dcraw": (
        *(".3fr", ".bay", ".cap", ".dcs", ".drf", ".fff", ".gpr", ".iiq", ".mdc", ".mef", ".mos", ".ptx", ".pxn"),
        ".rwz",
    ),
}
"""Types of files that the program opens, as shared-mime-info names them, with the endings of their names."""
FOLDER_TYPE: Final = "inode/directory"


def desktop_mime_types() -> str:
    """The value of ``MimeType`` in a desktop entry: folders, and all photos."""
    return "".join(f"{name};" for name in (FOLDER_TYPE, *MIME_TYPES))


def macos_info(version: str) -> dict[str, Any]:
    """What goes into ``Info.plist`` beside the identifier: the document types, as an alternate editor of photos (never
    the one that a double-click opens by itself), and folders."""
    return {
        "CFBundleDisplayName": PROGRAM,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.photography",
        "LSMinimumSystemVersion": MACOS_MINIMUM,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{PUBLISHER}. GPL-3.0-or-later.",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Photo",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.image", "public.camera-raw-image"],
                "CFBundleTypeExtensions": sorted(suffix[1:] for suffix in PHOTO_SUFFIXES),
            },
            {
                "CFBundleTypeName": "Folder",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.folder"],
            },
        ],
    }


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows calls a version, of one like ``1.2.3`` or ``1.2.0rc1``."""
    numbers = [int(found.group()) if (found := re.match(r"\d+", part)) else 0 for part in version.split(".")]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def windows_version_info(version: str, program: str) -> str:
    """The version resource of a program for Windows, in the form that PyInstaller reads from a file."""
    numbers = version_numbers(version)
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": PROGRAM,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": f"{PUBLISHER}. GPL-3.0-or-later.",
        "OriginalFilename": f"{program}.exe",
        "ProductName": PROGRAM,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    english_unicode = "[StringTable('040904B0', [" + strings + "])]"
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,\n"
        "                    subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo({english_unicode}), VarFileInfo([VarStruct('Translation', [0x0409, 1200])])],\n"
        ")\n"
    )
