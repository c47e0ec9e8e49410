"""Thumbnails as pixels: what is kept in memory, and where those of photos in sight come from."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.imaging import decode as decoding
from landmark_desktop.services.thumbnail_cache import ThumbnailCache
from landmark_desktop.services.thumbnail_loader import ThumbnailLoader
from landmark_desktop.services.thumbnail_store import ThumbnailStore
from landmark_desktop.services.thumbnails import THUMBNAIL_EDGE, from_jpeg, shrink, to_jpeg
from tests.pictures import save, text_file

TIMEOUT_S = 20
RED, BLUE = (200, 20, 20), (20, 20, 200)


def picture(edge: int = 100) -> QImage:
    return QImage(edge, edge, QImage.Format.Format_RGB32)  # 40 kB with an edge of 100


class TestCache:
    def test_the_bytes_are_bounded_and_the_least_recently_used_go(self) -> None:
        cache = ThumbnailCache(limit=3 * 40_000)
        for number in range(3):
            cache.put(number, picture())
        assert cache.get(0) is not None
        cache.put(3, picture())
        assert cache.bytes == 3 * 40_000
        assert [number for number in range(4) if cache.get(number) is not None] == [0, 2, 3]

    def test_what_is_in_sight_stays_even_where_it_is_more_than_the_bound(self) -> None:
        cache = ThumbnailCache(limit=2 * 40_000)
        cache.look_at(range(4))
        for number in range(4):
            cache.put(number, picture())
        cache.put(9, picture())
        assert [number for number in range(10) if cache.get(number) is not None] == [0, 1, 2, 3]
        cache.look_at([3])
        assert cache.bytes == 2 * 40_000
        assert cache.get(3) is not None

    def test_another_picture_of_a_photo_replaces_the_first(self) -> None:
        cache = ThumbnailCache(limit=10**6)
        cache.put(1, picture(100))
        cache.put(1, picture(50))
        assert cache.bytes == 10_000
        cache.clear()
        assert (cache.bytes, cache.get(1)) == (0, None)


def test_thumbnails_keep_their_shape_and_are_never_enlarged() -> None:
    assert shrink(Image.new("RGB", (1200, 800))).size == (THUMBNAIL_EDGE, 267)
    assert shrink(Image.new("RGB", (30, 20))).size == (30, 20)


def test_what_is_kept_looks_as_before() -> None:
    again = from_jpeg(to_jpeg(Image.new("RGB", (40, 30), RED)))
    assert again is not None
    assert again.size == (40, 30)
    assert again.getpixel((20, 15)) == pytest.approx(RED, abs=4)


@pytest.mark.parametrize("data", [b"", b"nonsense", to_jpeg(Image.new("RGB", (40, 30)))[:200]])
def test_what_cannot_be_read_is_no_thumbnail(data: bytes) -> None:
    assert from_jpeg(data) is None


class Desk:
    """A loader, what it delivered, and what was decoded for it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.delivered: queue.Queue[tuple[int, QImage]] = queue.Queue()
        self.decoded: list[str] = []
        self.bugs: list[BaseException] = []
        self.store = ThumbnailStore(folder / "cache" / "thumbnails.sqlite", 10**7)
        real = decoding.decode

        def decode(path: Path, **sizes: int) -> object:
            self.decoded.append(path.name)
            return real(path, **sizes)

        monkeypatch.setattr(decoding, "decode", decode)
        self.loader = self.start()

    def start(self) -> ThumbnailLoader:
        self.loader = ThumbnailLoader(lambda i, image: self.delivered.put((i, image)), self.store, self.bugs.append)
        return self.loader

    def take(self, count: int) -> dict[int, QImage]:
        return dict(self.delivered.get(timeout=TIMEOUT_S) for _ in range(count))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(tmp_path, monkeypatch)
    yield made
    made.loader.close()
    made.store.close()
    assert made.bugs == []


def make(folder: Path, count: int, *, keyed: bool = True) -> list[Photo]:
    found = []
    for number in range(count):
        path = save(folder / f"{number}.png", Image.new("RGB", (60 + number, 40), RED))
        found.append(Photo(number, path, FileIdentity.of(path, with_content=keyed)))
    return found


@pytest.mark.parametrize("keyed", [True, False])
def test_a_photo_is_decoded_once_and_then_kept(desk: Desk, tmp_path: Path, keyed: bool) -> None:
    photos = make(tmp_path, 5, keyed=keyed)
    desk.loader.request(photos)
    assert sorted(desk.take(5)) == [0, 1, 2, 3, 4]
    desk.loader.close()
    assert len(desk.decoded) == 5
    desk.start().request(photos)
    again = desk.take(5)
    assert {number: again[number].width() for number in again} == {number: 60 + number for number in range(5)}
    assert len(desk.decoded) == 5


def test_a_thumbnail_that_is_kept_needs_no_photo(desk: Desk, tmp_path: Path) -> None:
    photos = make(tmp_path, 2)
    desk.loader.request(photos)
    desk.take(2)
    for photo in photos:
        photo.path.unlink()
    desk.loader.request([], kept_only=photos)
    assert sorted(desk.take(2)) == [0, 1]


def test_photos_of_which_only_the_kept_is_wanted_are_not_decoded(desk: Desk, tmp_path: Path) -> None:
    first, second = make(tmp_path, 2)
    desk.loader.request([second], kept_only=[first])
    assert list(desk.take(1)) == [1]
    desk.loader.close()
    assert desk.decoded == ["1.png"]


def test_a_file_with_other_content_shows_the_new_picture(desk: Desk, tmp_path: Path) -> None:
    (photo,) = make(tmp_path, 1)
    save(photo.path, Image.new("RGB", (90, 40), BLUE))
    desk.loader.request([photo])
    assert desk.take(1)[0].width() == 90
    assert photo.identity.content_key is not None
    assert photo.identity.content_key not in desk.store


def test_a_kept_thumbnail_that_is_damaged_is_made_again(desk: Desk, tmp_path: Path) -> None:
    (photo,) = make(tmp_path, 1)
    assert photo.identity.content_key is not None
    desk.store.put(photo.identity.content_key, b"no JPEG")
    desk.loader.request([photo])
    assert desk.take(1)[0].width() == 60
    assert from_jpeg(desk.store.get([photo.identity.content_key])[photo.identity.content_key]) is not None


def test_photos_that_cannot_be_read_keep_nobody_from_a_thumbnail(desk: Desk, tmp_path: Path) -> None:
    (sound,) = make(tmp_path, 1)
    bad = text_file(tmp_path / "text.jpg")
    gone = Photo(8, tmp_path / "gone.jpg", FileIdentity(1, 1))
    desk.loader.request([Photo(7, bad, FileIdentity.of(bad)), gone, sound])
    assert list(desk.take(1)) == [0]


def test_without_a_store_thumbnails_come_from_the_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_bytes(b"in the way")
    desk = Desk(tmp_path, monkeypatch)
    photos = make(tmp_path / "photos", 3)
    for _ in range(2):
        desk.loader.request(photos)
        assert sorted(desk.take(3)) == [0, 1, 2]
    desk.loader.close()
    assert len(desk.decoded) == 6
