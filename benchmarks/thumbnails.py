"""Thumbnails: what a tile of a reopened folder costs from the store, against decoding the photo again."""

import io
from itertools import cycle
from pathlib import Path

from PIL import Image

from benchmarks.pictures import textured
from benchmarks.results import Result, best_of
from landmark_desktop.imaging.decode import decode
from landmark_desktop.services.thumbnail_store import ThumbnailStore
from landmark_desktop.services.thumbnails import from_jpeg, shrink, to_jpeg, to_qimage

KEPT = 2_000
TILES = 64
"""What a window shows at once."""
ROUNDS = 5


def run(folder: Path, quick: bool) -> list[Result]:
    """Print milliseconds a tile."""
    rounds, kept = (1, TILES) if quick else (ROUNDS, KEPT)
    photos = []
    for number, (width, height) in enumerate(((6000, 4000), (1224, 816))):
        photos.append(folder / f"{number}.jpg")
        textured(width, height, number).save(photos[-1], quality=90)
    thumbnails = [to_jpeg(shrink(decode(path).image)) for path in photos]
    store = ThumbnailStore(folder / "thumbnails.sqlite", 10**10)
    keys = [f"{number:032x}" for number in range(kept)]
    fill = cycle(thumbnails)

    def read() -> None:
        for data in store.get(keys[:TILES]).values():
            picture = from_jpeg(data)
            assert picture is not None
            to_qimage(picture)

    def keep() -> None:
        for key in keys:
            store.put(key, next(fill))

    (write,) = best_of(1, keep)
    jpegs = (thumbnails * TILES)[:TILES]
    tile, alone, large, small = best_of(
        rounds,
        read,
        lambda: [Image.open(io.BytesIO(data)).load() for data in jpegs],
        lambda: to_qimage(shrink(decode(photos[0]).image)),
        lambda: to_qimage(shrink(decode(photos[1]).image)),
    )
    size = store.size() / kept
    store.close()
    print(f"\n{kept} thumbnails on disk, {size / 1000:.1f} kB each ({size / 10:,.0f} MB for 100,000)")
    print(f"  kept                       {1000 * write / kept:8.2f} ms each")
    print(f"  shown, from the store      {1000 * tile / TILES:8.2f} ms each, {1000 * tile:.0f} ms for {TILES} tiles")
    print(f"  floor: its JPEG alone      {1000 * alone / TILES:8.2f} ms each")
    print(f"  shown, photo of 24 MP      {1000 * large:8.2f} ms each")
    print(f"  shown, photo of 1 MP       {1000 * small:8.2f} ms each")
    return []
