"""The bundles to choose from: the one that came with the program, and those that the user installed.

An installed bundle is a folder of the user's own, with the files that a bundle consists of and no others. What is
installed was checked first (:func:`.bundle.load_bundle`); whether its model really runs is tried when it is chosen.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.bundle import (
    CARD_NAME,
    MANIFEST_NAME,
    MAX_MANIFEST_BYTES,
    Bundle,
    load_bundle,
)
from landmark_desktop.core.bundle_files import read_member
from landmark_desktop.core.errors import BundleError, ErrorCode, KnownError
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.relay import Relay

log = logging.getLogger(__name__)

T = TypeVar("T")
HASH_DIGITS: Final = 8
"""Digits of the description's hash in the name of a bundle's folder: bundles that differ lie beside each other."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A bundle to choose. ``bytes_of`` has the size of each model file that is there, by its precision.

    ``problem`` says why it cannot be used; its description is None then.
    """

    path: Path
    shipped: bool
    bundle: Bundle | None
    bytes_of: dict[str, int]
    card: str = ""
    problem: KnownError | None = None


def shelved(path: Path, *, shipped: bool = False) -> Shelved:
    """Describe the bundle at ``path``, without reading its model."""
    try:
        bundle = load_bundle(path, with_model=False)
    except BundleError as error:
        return Shelved(path, shipped, None, {}, problem=error)
    sizes = {}
    for model in bundle.manifest.models:
        file = path / model.file
        if path.is_dir() and file.is_file():
            sizes[model.precision] = file.stat().st_size
    return Shelved(path, shipped, bundle, sizes, bundle.read_card())


def list_bundles(folder: Path) -> list[Shelved]:
    """The shipped bundle first, then those installed in ``folder``, by name."""
    found: list[Shelved] = []
    try:
        found.append(shelved(default_bundle_path(), shipped=True))
    except BundleError as error:
        log.warning("no shipped bundle: %s", error)
    try:
        installed = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:  # nothing was installed yet
        installed = []
    return [*found, *(shelved(path) for path in installed)]


def install_bundle(source: Path, folder: Path) -> Path:
    """Check the bundle at ``source`` (a folder or zip) and put a copy of it into ``folder``; returns where it lies.

    Only the files that its description names are copied, by plain names. One that is installed already stays.

    Raises:
        BundleError: it is refused (see :func:`.bundle.load_bundle`), or there is no room or permission for it.
    """
    bundle = load_bundle(source)
    source = bundle.source
    manifest = read_member(source, MANIFEST_NAME, MAX_MANIFEST_BYTES)
    digits = hashlib.sha256(manifest).hexdigest()[:HASH_DIGITS]
    target = folder / f"{bundle.manifest.id}-{bundle.manifest.version}-{digits}"
    if (target / MANIFEST_NAME).is_file():
        return target
    staging: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        for model in bundle.manifest.models:
            (staging / model.file).write_bytes(bundle.read_model(model.precision))
        card = bundle.read_card()
        if card:
            (staging / CARD_NAME).write_text(card, "utf-8")
        (staging / MANIFEST_NAME).write_bytes(manifest)
        staging.chmod(0o755)  # temporary folders are for their owner alone
        if target.exists():  # a copy that was damaged later
            shutil.rmtree(target)
        staging.rename(target)
    except OSError as error:
        raise _not_kept(source, error) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return target


def remove_bundle(path: Path, folder: Path) -> None:
    """Remove an installed bundle.

    Raises:
        BundleError: it cannot be removed.
        ValueError: ``path`` is no bundle that was installed in ``folder``.
    """
    if path.parent != folder or path.is_symlink() or not (path / MANIFEST_NAME).is_file():
        raise ValueError(f"{path} is no installed bundle")
    try:
        # The name goes first: what is left of a removal that was cut off is no bundle.
        (path / MANIFEST_NAME).unlink()
        shutil.rmtree(path)
    except OSError as error:
        raise _not_kept(path, error) from error


def _not_kept(path: Path, error: OSError) -> BundleError:
    return BundleError(ErrorCode.BUNDLE_NOT_KEPT, name=path.name, reason=error.strerror or error)


class BundleShelf(QObject):
    """Lists, installs and removes bundles on a lane; signals tell."""

    listed = Signal(object)  # list[Shelved]
    installed = Signal(object)  # Path
    removed = Signal(object)  # Path
    refused = Signal(object)  # KnownError

    def __init__(self, folder: Path, lane: Lane, relay: Relay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lane = lane
        self._relay = relay

    @property
    def folder(self) -> Path:
        """Where installed bundles lie."""
        return self._folder

    def list_all(self) -> None:
        """Look what there is; ``listed`` tells."""
        self._run(lambda: list_bundles(self._folder), self.listed.emit)

    def install(self, source: Path) -> None:
        """Check and install the bundle at ``source``; ``installed`` or ``refused`` tells."""
        self._run(lambda: install_bundle(source, self._folder), self.installed.emit)

    def remove(self, path: Path) -> None:
        """Remove an installed bundle; ``removed`` or ``refused`` tells."""

        def work() -> Path:
            remove_bundle(path, self._folder)
            return path

        self._run(work, self.removed.emit)

    def _run(self, work: Callable[[], T], tell: Callable[[T], None]) -> None:
        def done(future: "Future[T]") -> None:
            error = future.exception()
            if error is None:
                result = future.result()
                self._relay.post(lambda: tell(result))
            elif isinstance(error, KnownError):
                known = error
                self._relay.post(lambda: self.refused.emit(known))

        self._lane.submit(work).add_done_callback(done)
