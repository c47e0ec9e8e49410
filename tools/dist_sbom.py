"""The list of parts (SBOM) of a build, as CycloneDX 1.6: all software, its licences, the hash of each library."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.dist_inventory import Component

NAME: Final = "sbom.cdx.json"
_LIBRARY: Final = re.compile(r"\.(?:so|dll|dylib|pyd)(?:\.|$)|(?:^|/)landmark-desktop(?:-cli)?(?:\.exe)?$")


class InvalidSbomError(Exception):
    """What was made does not follow the standard."""


def sbom(components: Iterable[Component], build: Path) -> str:
    """The list of parts as JSON. The first component is the program itself.

    Raises:
        InvalidSbomError: it does not follow the standard.
    """
    program, *others = components
    bom = Bom()
    bom.metadata.component = _entry(program, build, ComponentType.APPLICATION, "program")
    entries = [_entry(other, build, ComponentType.LIBRARY, other.purl or other.name) for other in others]
    for entry in entries:
        bom.components.add(entry)
    bom.register_dependency(bom.metadata.component, entries)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        raise InvalidSbomError(str(error))
    return text


def _entry(component: Component, build: Path, kind: ComponentType, reference: str) -> Entry:
    entry = Entry(
        name=component.name,
        version=component.version or None,
        type=kind,
        bom_ref=reference,
        purl=PackageURL.from_string(component.purl) if component.purl else None,
        licenses=[_licence(component.licence)] if component.licence else None,
    )
    inside = {name for part in component.parts for name in part.files}
    for number, part in enumerate(component.parts):
        entry.components.add(_entry(part, build, ComponentType.LIBRARY, f"{reference}#{number}-{part.name}"))
    for name in component.files:
        if name not in inside and _LIBRARY.search(name):
            entry.components.add(_file(build, name, reference))
    return entry


def _file(build: Path, name: str, reference: str) -> Entry:
    with (build / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Entry(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"{reference}#{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


def _licence(text: str) -> DisjunctiveLicense | LicenseExpression:
    if is_supported_id(text):
        return DisjunctiveLicense(id=text)
    return LicenseExpression(text) if is_expression(text) else DisjunctiveLicense(name=text)


def write_sbom(components: Iterable[Component], build: Path) -> Path:
    """Write the list of parts into a build; returns the file.

    Raises:
        InvalidSbomError: it does not follow the standard.
    """
    path = build / NAME
    path.write_text(sbom(components, build), "utf-8")
    return path
