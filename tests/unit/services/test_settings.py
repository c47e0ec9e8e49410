"""The typed table and its file."""

import json
from pathlib import Path

import pytest

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import TABLE, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_every_setting_accepts_its_default_and_has_a_label() -> None:
    assert len({setting.key for setting in TABLE}) == len(TABLE)
    for setting in TABLE:
        assert setting.accepts(setting.default), setting.key
        assert setting.label


def test_a_change_is_kept_and_told(path: Path) -> None:
    settings = Settings(path)
    told: list[str] = []
    settings.watch(told.append)
    settings.set(table.TAKEN_HERE, False)
    settings.set(table.TAKEN_HERE, False)
    settings.set(table.BOLDNESS, -0.5)
    assert told == ["taken_here", "boldness"]
    again = Settings(path)
    assert again.flag(table.TAKEN_HERE) is False
    assert again.number(table.BOLDNESS) == -0.5
    assert again.text(table.WRITE_MODE) == "sidecar"
    again.reset(table.TAKEN_HERE)
    assert Settings(path).flag(table.TAKEN_HERE) is True


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (table.WRITE_MODE, "both"),
        (table.BOLDNESS, 1.5),
        (table.BOLDNESS, "bold"),
        (table.TAKEN_HERE, 1),
        (table.THREADS, True),
        (table.THREADS, -1),
        (table.THREADS, 2.5),
    ],
)
def test_wrong_values_are_refused(setting: table.Setting, value: table.Value) -> None:
    settings = Settings(None)
    with pytest.raises(ValueError, match=setting.key):
        settings.set(setting, value)
    assert settings.get(setting) == setting.default


def test_wrong_and_unknown_values_in_the_file_are_ignored(path: Path) -> None:
    path.parent.mkdir()
    values = {"write_mode": "both", "threads": 3, "from_the_future": 1, "boldness": "x"}
    path.write_text(json.dumps({"settings": values, "recent_folders": ["/a", 5], "state": []}))
    settings = Settings(path)
    assert settings.text(table.WRITE_MODE) == "sidecar"
    assert settings.number(table.THREADS) == 3
    assert settings.recent_folders == ("/a",)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"settings": 5}'])
def test_a_damaged_file_means_defaults(path: Path, content: str, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_text(content)
    settings = Settings(path)
    assert all(settings.get(setting) == setting.default for setting in TABLE)


def test_recent_folders_are_few_different_and_newest_first(path: Path) -> None:
    settings = Settings(path)
    for number in range(15):
        settings.remember_folder(f"/photos/{number}")
    settings.remember_folder("/photos/10")
    assert settings.recent_folders[:2] == ("/photos/10", "/photos/14")
    assert len(Settings(path).recent_folders) == table.RECENT_FOLDERS
    assert len(set(settings.recent_folders)) == table.RECENT_FOLDERS


def test_state_and_explanations_are_kept(path: Path) -> None:
    settings = Settings(path)
    settings.set_state("geometry", "abc")
    assert not settings.explained("taken_here")
    settings.set_explained("taken_here")
    again = Settings(path)
    assert again.state("geometry") == "abc"
    assert again.explained("taken_here")


def test_settings_that_cannot_be_saved_still_work(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.set(table.THREADS, 2)
    assert settings.number(table.THREADS) == 2
    assert "not saved" in caplog.text
