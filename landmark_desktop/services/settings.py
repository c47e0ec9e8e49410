"""The settings: one typed table that the dialog is generated from, kept in a JSON file that is written atomically."""

import json
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from landmark_desktop.core.languages import languages, native_name
from landmark_desktop.core.tag import SidecarName, WriteMode
from landmark_desktop.inference.session import ProviderChoice

log = logging.getLogger(__name__)

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``choices`` are (value, label) pairs; ``minimum`` and ``maximum`` bound numbers.

    Labels and descriptions are English source texts; the dialog translates them.
    """

    key: str
    group: str
    label: str
    description: str
    default: Value
    choices: tuple[tuple[str, str], ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def accepts(self, value: object) -> bool:
        """True if ``value`` is of the right type, within bounds and among the choices."""
        kinds = (int, float) if isinstance(self.default, float) else (type(self.default),)
        if isinstance(value, bool) != isinstance(self.default, bool) or not isinstance(value, kinds):
            return False
        if self.choices and value not in {choice for choice, _ in self.choices}:
            return False
        if isinstance(value, int | float) and not isinstance(value, bool):
            low = self.minimum if self.minimum is not None else value
            high = self.maximum if self.maximum is not None else value
            return low <= value <= high
        return True


WRITING: Final = "Writing"
RECOGNITION: Final = "Recognition"
THUMBNAILS: Final = "Thumbnails"
ORGANISING: Final = "Organising"
APPEARANCE: Final = "Appearance"
WINDOW: Final = "Window"

WRITE_MODE: Final = Setting(
    "write_mode",
    WRITING,
    "Write places into",
    "Sidecars leave the photo file itself untouched. Raw files other than DNG, and formats that cannot be embedded, get"
    " a sidecar either way.",
    WriteMode.SIDECAR.value,
    choices=((WriteMode.SIDECAR.value, "a sidecar next to the photo"), (WriteMode.EMBEDDED.value, "the photo file")),
)
SIDECAR_NAME: Final = Setting(
    "sidecar_name",
    WRITING,
    "Name of new sidecars",
    "A folder that already uses one of the two keeps it.",
    SidecarName.FULL.value,
    choices=(
        (SidecarName.FULL.value, "IMG_1.jpg.xmp (digiKam, darktable, Immich)"),
        (SidecarName.STEM.value, "IMG_1.xmp (Lightroom)"),
    ),
)
TAKEN_HERE: Final = Setting(
    "taken_here",
    WRITING,
    "Photos without GPS: also write the landmark as estimated camera position",
    "This is what puts a photo on the map in other programs. A photo that has GPS always keeps its own.",
    True,
)
KEEP_MTIME: Final = Setting(
    "keep_mtime",
    WRITING,
    "Keep the modification time of photos that are written into",
    "Leave this off if digiKam or PhotoPrism should notice the change.",
    False,
)
BOLDNESS: Final = Setting(
    "boldness",
    RECOGNITION,
    "Cautious … bold",
    "Cautious calls fewer photos recognised and is right more often; bold is the other way round.",
    0.0,
    minimum=-1.0,
    maximum=1.0,
)
BUNDLE: Final = Setting(
    "bundle",
    RECOGNITION,
    "Model bundle",
    "What the model can recognise. Others can be installed beside the one that came with the program.",
    "",
)
PROVIDER: Final = Setting(
    "provider",
    RECOGNITION,
    "Run the model on",
    "Automatic takes CUDA where it loads, else the CPU.",
    ProviderChoice.AUTO.value,
    choices=(
        (ProviderChoice.AUTO.value, "Automatic"),
        (ProviderChoice.CUDA.value, "CUDA (NVIDIA)"),
        (ProviderChoice.CPU.value, "CPU"),
    ),
)
THREADS: Final = Setting(
    "threads",
    RECOGNITION,
    "Threads of the model",
    "0 uses all cores, up to 16.",
    0,
    minimum=0,
    maximum=256,
)
DECODE_WORKERS: Final = Setting(
    "decode_workers",
    RECOGNITION,
    "Photos decoded at the same time",
    "0 uses one worker for each core, up to 16.",
    0,
    minimum=0,
    maximum=64,
)
THUMBNAIL_SPACE: Final = Setting(
    "thumbnail_space",
    THUMBNAILS,
    "Space for thumbnails (MB)",
    "Folders that were open before show their tiles at once; 40 photos take about one MB. What was not seen for "
    "longest makes room.",
    4000,
    minimum=20,
    maximum=1_000_000,
)
ORGANISE: Final = Setting(
    "organise",
    ORGANISING,
    "Offer to copy or move photos into folders by place and date",
    "Adds “Organise photos…” to the File menu. Every run can be taken back.",
    False,
)
THEME: Final = Setting(
    "theme",
    APPEARANCE,
    "Theme",
    "",
    "system",
    choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
)

LANGUAGE: Final = Setting(
    "language",
    APPEARANCE,
    "Language",
    "In force after the next start.",
    "system",
    choices=(("system", "As the system"), *((code, native_name(code)) for code in languages())),
)
MOTION: Final = Setting(
    "motion",
    APPEARANCE,
    "Motion",
    "Less motion lets the map jump instead of fly, and menus appear at once.",
    "system",
    choices=(("system", "As the system"), ("less", "Less")),
)
RESTORE_SESSION: Final = Setting(
    "restore_session",
    WINDOW,
    "Start with the folders of last time",
    "With their filters, their order and the photo that was current.",
    True,
)
NOTIFY: Final = Setting(
    "notify",
    WINDOW,
    "Tell when long work ends while another window is in front",
    "",
    True,
)

TABLE: Final[tuple[Setting, ...]] = (
    WRITE_MODE,
    SIDECAR_NAME,
    TAKEN_HERE,
    KEEP_MTIME,
    BOLDNESS,
    BUNDLE,
    PROVIDER,
    THREADS,
    DECODE_WORKERS,
    THUMBNAIL_SPACE,
    ORGANISE,
    THEME,
    *((LANGUAGE,) if len(LANGUAGE.choices) > 2 else ()),  # a choice of one is none
    MOTION,
    RESTORE_SESSION,
    NOTIFY,
)

NEEDS_RELOAD: Final = frozenset({BUNDLE.key, PROVIDER.key, THREADS.key, DECODE_WORKERS.key})
"""Settings that take effect by loading the model anew."""

RECENT_FOLDERS: Final = 10


class Settings:
    """The values of the table, and the state the window restores. Unknown or wrong values in the file are ignored.

    ``path`` None keeps everything in memory (the command line).
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._values: dict[str, Value] = {}
        self._state: dict[str, str] = {}
        self._recent: list[str] = []
        self._explained: list[str] = []
        self._watchers: list[Callable[[str], None]] = []
        if path is not None:
            self._load(path)

    def _load(self, path: Path) -> None:
        try:
            document = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.warning("settings not read, defaults are used: %s", error)
            return
        if not isinstance(document, dict):
            return
        values = document.get("settings")
        if isinstance(values, dict):
            self._values = {s.key: values[s.key] for s in TABLE if s.key in values and s.accepts(values[s.key])}
        state = document.get("state")
        if isinstance(state, dict):
            self._state = {str(key): value for key, value in state.items() if isinstance(value, str)}
        self._recent = _texts(document, "recent_folders")[:RECENT_FOLDERS]
        self._explained = _texts(document, "explained")

    def _save(self) -> None:
        if self._path is None:
            return
        document = {
            "settings": self._values,
            "state": self._state,
            "recent_folders": self._recent,
            "explained": self._explained,
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(document, file, indent=1)
            Path(name).replace(self._path)
        except OSError as error:
            # Settings that cannot be kept are no reason to stop reviewing photos.
            log.warning("settings not saved: %s", error)

    def get(self, setting: Setting) -> Value:
        """The value of a setting, or its default."""
        return self._values.get(setting.key, setting.default)

    def text(self, setting: Setting) -> str:
        """The value of a text setting."""
        return str(self.get(setting))

    def flag(self, setting: Setting) -> bool:
        """The value of an on/off setting."""
        return bool(self.get(setting))

    def number(self, setting: Setting) -> float:
        """The value of a number setting."""
        return float(self.get(setting))

    def set(self, setting: Setting, value: Value) -> None:
        """Change a setting, keep it, and tell the watchers.

        Raises:
            ValueError: the setting does not accept the value.
        """
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} does not accept {value!r}")
        if self.get(setting) == value:
            return
        self._values[setting.key] = value
        self._save()
        for watcher in list(self._watchers):
            watcher(setting.key)

    def reset(self, setting: Setting) -> None:
        """Go back to the default."""
        self.set(setting, setting.default)

    def reset_all(self) -> None:
        """Go back to all defaults but those of the bundle, which is chosen and loaded on its own."""
        for setting in TABLE:
            if setting is not BUNDLE:
                self.reset(setting)

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Call ``watcher`` with the key of each setting that changes."""
        self._watchers.append(watcher)

    @property
    def recent_folders(self) -> tuple[str, ...]:
        """Folders opened lately, the newest first."""
        return tuple(self._recent)

    def remember_folder(self, folder: str) -> None:
        """Put a folder first among the recent ones."""
        self._recent = [folder, *(old for old in self._recent if old != folder)][:RECENT_FOLDERS]
        self._save()

    def state(self, key: str) -> str:
        """A piece of window state (geometry, last session), or an empty text."""
        return self._state.get(key, "")

    def set_state(self, key: str, value: str) -> None:
        """Keep a piece of window state."""
        if self._state.get(key) != value:
            self._state[key] = value
            self._save()

    def explained(self, key: str) -> bool:
        """True if something that is explained once was explained."""
        return key in self._explained

    def set_explained(self, key: str) -> None:
        """Note that something was explained."""
        if key not in self._explained:
            self._explained.append(key)
            self._save()


def _texts(document: Mapping[str, object], key: str) -> list[str]:
    value = document.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
