"""Drives: what tells a photo that was deleted from one whose drive is away."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Volume:
    """The drive or share that holds a folder.

    ``mount`` is the folder it is mounted at (or the drive's letter), ``name`` tells what is mounted there, as far as
    the system knows: two drives that use one mount point in turn have different names.
    """

    mount: Path
    name: str

    def is_mounted(self) -> bool:
        """True if something is mounted there now, be it this volume or another one. May wait for a slow drive."""
        try:
            # Windows calls every drive letter a mount point, also where there is no drive.
            return self.mount.exists() and os.path.ismount(self.mount)
        except OSError:
            return False

    def is_away(self) -> bool:
        """True if nothing or something else is mounted there now. May wait for a slow drive.

        Some file systems (exFAT, among others) have another name whenever they are mounted.
        """
        try:
            return not self.is_mounted() or _name(self.mount) != self.name
        except OSError:
            return True


def volume_of(folder: Path) -> Volume:
    """The volume that holds ``folder``. Raises :class:`OSError`."""
    mount = Path(os.path.realpath(folder))
    while not os.path.ismount(mount) and mount != mount.parent:
        mount = mount.parent
    return Volume(mount, _name(mount))


def _name(mount: Path) -> str:
    """Windows: the volume's serial number. Elsewhere the file system's id, which most of them keep for life."""
    if sys.platform == "win32":
        return f"{mount.stat().st_dev:x}"
    return f"{os.statvfs(mount).f_fsid:x}"
