"""Which software each file of a build comes from: what the licences and the list of parts (SBOM) are made of.

A file comes from this project, from a Python distribution (its ``RECORD`` says so), from Python itself, or from a
package of the building system. One that comes from nowhere is an error: what nobody can name cannot be handed out.
"""

import json
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

from landmark_desktop import __version__
from tools.build_check import files_of, modules_of
from tools.licences import licence_of

ROOT: Final = Path(__file__).resolve().parent.parent
TEXTS: Final = ROOT / "resources" / "licences" / "texts"
OURSELVES: Final = "landmark-desktop"
INSIDE: Final = "_internal/"
_RUNTIME_OF_WINDOWS: Final = re.compile(r"(?:vcruntime|msvcp|concrt|ucrtbase|api-ms-win-)[^/]*\.dll", re.IGNORECASE)
_MADE_FOR_THE_BUILD: Final = ("licences/", "share/", "sbom.cdx.json", "install.sh", "uninstall.sh", "README.txt")


class UnknownOriginError(Exception):
    """Files of a build that nobody can name."""


@dataclass(slots=True)
class Component:
    """A piece of software inside a build.

    ``purl`` is its package URL, ``licence`` what it says of itself, ``texts`` its licence texts, ``files`` the paths
    within the build, and ``parts`` what it brings along inside its own files.
    """

    name: str
    version: str
    licence: str
    purl: str = ""
    texts: tuple[Path, ...] = ()
    files: list[str] = field(default_factory=list)
    parts: "list[Component]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bundled:
    """A library that a wheel brings along without saying so in a form that can be read: its name, its licence (the
    name of a text in ``resources/licences/texts``, more separated by spaces), and the files that are it."""

    name: str
    licence: str
    pattern: str
    texts: tuple[str, ...]


BUNDLED: Final[dict[str, tuple[Bundled, ...]]] = {
    "pyside6-essentials": (
        Bundled("Qt", "LGPL-3.0-only", r"(?:lib)?Qt6|/plugins/|/translations/", ("LGPL-3.0", "GPL-3.0")),
        Bundled("ICU", "Unicode-3.0", r"(?:lib)?icu", ("ICU",)),
    ),
    "shiboken6": (Bundled("Shiboken", "LGPL-3.0-only", r"shiboken", ("LGPL-3.0", "GPL-3.0")),),
    "pillow-heif": (
        Bundled("libheif", "LGPL-3.0-or-later", r"(?:^|/)libheif", ("LGPL-3.0", "GPL-3.0")),
        Bundled("libde265", "LGPL-3.0-or-later", r"de265", ("LGPL-3.0", "GPL-3.0")),
        Bundled("x265", "GPL-2.0-or-later", r"x265", ("GPL-2.0",)),
    ),
    "rawpy": (Bundled("LibRaw", "LGPL-2.1-only OR CDDL-1.0", r"(?:^|/)libraw", ("LGPL-2.1",)),),
    "exiv2": (Bundled("Exiv2", "GPL-2.0-or-later", r"(?:^|/)libexiv2", ("GPL-2.0",)),),
    "numpy": (
        Bundled("OpenBLAS", "BSD-3-Clause", r"openblas", ()),
        Bundled("GCC runtime libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", r"gfortran|quadmath", ("GPL-3.0",)),
    ),
}
"""By the name of the distribution, normalised. Their texts are added to those that the wheel has."""


def normalised(name: str) -> str:
    """A distribution's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _owners() -> dict[str, metadata.Distribution]:
    """Which distribution each installed file belongs to, by its path in ``site-packages``."""
    owners: dict[str, metadata.Distribution] = {}
    for distribution in metadata.distributions():
        for path in distribution.files or ():
            owners[path.as_posix()] = distribution
    return owners


@cache
def _packages() -> dict[str, str]:
    """Which distribution each importable name comes from (the first one where there are more)."""
    return {name: owners[0] for name, owners in metadata.packages_distributions().items()}


def component_of(distribution: metadata.Distribution) -> Component:
    """A Python distribution as a component, with what it says it brings along."""
    name = distribution.metadata["Name"]
    key = normalised(name)
    texts = [path for path in _licence_files(distribution) if path.is_file()]
    bundled = BUNDLED.get(key, ())
    texts += [TEXTS / f"{text}.txt" for library in bundled for text in library.texts]
    component = Component(
        name=name,
        version=distribution.version,
        licence=licence_of(name),
        purl=f"pkg:pypi/{key}@{distribution.version}",
        texts=tuple(dict.fromkeys(texts)),
    )
    own_list = [path for path in distribution.files or () if path.name.endswith(".cdx.json")]
    for path in own_list:
        component.parts += _parts_of(Path(str(path.locate())), component.purl)
    return component


def _licence_files(distribution: metadata.Distribution) -> list[Path]:
    """The licence texts of a distribution: in its metadata, or else at the top of its package."""
    pattern = re.compile(r"(?:licen[cs]es?|copying|notice|copyright|thirdpartynotices)[^/]*", re.IGNORECASE)
    found = [
        path for path in distribution.files or () if pattern.match(path.name) and path.suffix not in (".py", ".pyc")
    ]
    in_metadata = [path for path in found if ".dist-info" in path.parts[0]]
    at_the_top = [path for path in found if len(path.parts) == 2]
    return [Path(str(path.locate())) for path in sorted(in_metadata or at_the_top)]


def _parts_of(document: Path, purl: str) -> list[Component]:
    """What a wheel's own list of parts names beside the wheel."""
    parts: dict[str, Component] = {}
    for entry in json.loads(document.read_text("utf-8")).get("components", ()):
        # Lists by auditwheel repeat a package for each of its files, and name the wheel itself.
        if not entry.get("purl", "").startswith(purl) and "version" in entry:
            licences = [each.get("expression") or each["license"].get("id") or each["license"].get("name", "")
                        for each in entry.get("licenses", ())]  # fmt: skip
            name, version = entry["name"], entry["version"]
            parts[f"{name} {version}"] = Component(name, version, " AND ".join(licences), entry.get("purl", ""))
    return list(parts.values())


def _python() -> Component:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if not text.is_file():  # Debian's Python keeps it elsewhere
        text = Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright")
    version = ".".join(map(str, sys.version_info[:3]))
    return Component("Python", version, "PSF-2.0", f"pkg:generic/cpython@{version}", (text,))


@cache
def _system_package(library: str) -> tuple[str, str] | None:
    """The Debian package that a library of the system comes from, and its version."""
    folders = [path for path in Path("/usr/lib").glob("*-linux-gnu") if path.is_dir()]
    for folder in (*folders, Path("/usr/lib"), Path("/lib")):
        for path in {folder / library, (folder / library).resolve(), Path("/lib") / folder.name / library}:
            answer = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
            if answer.returncode == 0:
                name = answer.stdout.split(":")[0]
                shown = subprocess.run(
                    ["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=True
                )
                return name, shown.stdout
    return None


def _of_system(library: str) -> Component | None:
    if sys.platform == "win32" and _RUNTIME_OF_WINDOWS.fullmatch(library):
        return Component("Microsoft Visual C++ runtime", "14", "LicenseRef-Microsoft-Visual-Studio-redistributable")
    found = _system_package(library) if sys.platform == "linux" else None
    if found is None:
        return None
    name, version = found
    text = Path("/usr/share/doc") / name / "copyright"
    return Component(name, version, "see its copyright file", f"pkg:deb/debian/{name}@{version}", (text,))


def inventory(build: Path) -> list[Component]:
    """All software in a build, this project first, the others by name; each file of the build is in exactly one.

    Raises:
        UnknownOriginError: files whose origin cannot be told.
        LookupError: a distribution that states no licence.
    """
    ours = Component(OURSELVES, __version__, "GPL-3.0-or-later", f"pkg:pypi/{OURSELVES}@{__version__}",
                     (ROOT / "LICENSE",))  # fmt: skip
    python = _python()
    others: dict[str, Component] = {}
    unknown = []
    for name, _ in sorted(files_of(build)):
        inside = name.removeprefix(INSIDE)
        top = PurePosixPath(inside).parts[0]
        if name.startswith(_MADE_FOR_THE_BUILD):
            continue
        if top in (OURSELVES, f"{OURSELVES}.exe", f"{OURSELVES}-cli.exe", "landmark_desktop", "LICENSE"):
            ours.files.append(name)
        elif re.match(r"python3|libpython3|Python|base_library\.zip", top):
            python.files.append(name)
        elif (owner := _owners().get(inside)) is not None:
            _of(owner, others).files.append(name)
        elif "/" not in inside and (package := _of_system(inside)) is not None:
            others.setdefault(f"system {package.name}", package).files.append(name)
        else:
            unknown.append(name)
    if unknown:
        raise UnknownOriginError(", ".join(unknown))
    for module in modules_of(build):
        owner_name = _packages().get(module.partition(".")[0])
        if owner_name is not None and normalised(owner_name) != OURSELVES:
            _of(metadata.distribution(owner_name), others)
    # The start-up code inside the program, and the importer of the packed modules.
    _of(metadata.distribution("pyinstaller"), others)
    for key, component in others.items():
        _assign(component, BUNDLED.get(key, ()))
    return [ours, python, *sorted(others.values(), key=lambda component: component.name.lower())]


def _of(distribution: metadata.Distribution, components: dict[str, Component]) -> Component:
    key = normalised(distribution.name)
    if key not in components:
        components[key] = component_of(distribution)
    return components[key]


def _assign(component: Component, libraries: tuple[Bundled, ...]) -> None:
    """Give the files of a component that are libraries of others to parts of their own."""
    files: dict[str, list[str]] = defaultdict(list)
    for library in libraries:
        files[library.name] = [name for name in component.files if re.search(library.pattern, name)]
    for library in libraries:
        if files[library.name]:
            version = component.version if library.name in ("Qt", "Shiboken") else ""
            component.parts.append(Component(library.name, version, library.licence, files=files[library.name]))
