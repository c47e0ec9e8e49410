"""Classification: the pipeline against its own parts, and against the script one would write first."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from benchmarks.pictures import MEGAPIXEL, write_jpegs
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.preprocess import UInt8Array, preprocess
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.imaging.decode import decode
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.sizing import CPU_BATCH

SIZES = ((6000, 4000, 16), (1224, 816, 120))
ROUNDS = 3


def run(folder: Path) -> None:
    """Measure photos of 24 and of 1 megapixel."""
    bundle = load_bundle(default_bundle_path())
    for width, height, count in SIZES:
        photos = write_jpegs(folder / f"{width}", count, width, height)
        size = sum(path.stat().st_size for path in photos) / count / 1e6
        print(f"\n{count} JPEGs of {width * height / MEGAPIXEL:.0f} megapixels ({size:.1f} MB each)")
        decode_s, infer_s, all_s, plain_s = _measure(bundle, photos, folder)
        floor = decode_s + infer_s
        print(f"  decode alone, all cores       {1000 * decode_s:8.1f} ms a photo")
        print(f"  inference alone, all cores    {1000 * infer_s:8.1f} ms a photo")
        print(f"  classify                      {1000 * all_s:8.1f} ms a photo   {1 / all_s:6.1f} photos a second")
        print(f"  plain script                  {1000 * plain_s:8.1f} ms a photo   {1 / plain_s:6.1f} photos a second")
        print(f"  efficiency: floor ÷ classify  {floor / all_s:8.2f}")
        print(f"  plain script ÷ classify       {plain_s / all_s:8.2f} ×")


def _measure(bundle: Bundle, photos: Sequence[Path], folder: Path) -> tuple[float, float, float, float]:
    """Return seconds a photo of decode, inference, pipeline and plain script; the best of interleaved rounds."""
    spec = bundle.manifest.input
    classifier = OnnxClassifier(bundle, ProviderChoice.CPU)
    batch = np.stack([preprocess(decode(path).image, spec) for path in photos[:CPU_BATCH]])
    session = onnxruntime.InferenceSession(bundle.read_model(), providers=["CPUExecutionProvider"])
    cores = os.cpu_count() or 1

    def decode_all() -> None:
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(lambda path: preprocess(decode(path).image, spec), photos))

    def infer_all() -> None:
        for _ in range(len(photos) // len(batch)):
            classifier.classify(batch)

    def plain() -> None:
        for path in photos:
            session.run(None, {"images": _plain_input(path, spec.resize_shorter_side, spec.height, spec.width)})

    libraries = iter(range(1000))

    def classify() -> None:
        library = folder / f"library-{len(photos)}-{next(libraries)}.sqlite"
        with BatchClassifier(library, bundle, lambda: classifier) as batch_classifier:
            records = list(
                batch_classifier.run([photos[0].parent], recursive=False, on_found=lambda _: None, on_error=_raise)
            )
        assert len(records) == len(photos)
        assert all(record.guesses is not None for record in records)

    parts: list[tuple[Callable[[], None], int]] = [
        (decode_all, len(photos)),
        (infer_all, len(photos) // len(batch) * len(batch)),
        (classify, len(photos)),
        (plain, len(photos)),
    ]
    best = [float("inf")] * len(parts)
    for _ in range(ROUNDS):
        for index, (part, count) in enumerate(parts):
            started = time.perf_counter()
            part()
            best[index] = min(best[index], (time.perf_counter() - started) / count)
    return best[0], best[1], best[2], best[3]


def _plain_input(path: Path, shorter_side: int, height: int, width: int) -> UInt8Array:
    """What a script does: decode everything, resize, crop."""
    image = Image.open(path).convert("RGB")
    scale = shorter_side / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return np.asarray(image.crop((left, top, left + width, top + height)), dtype=np.uint8)[None]


def _raise(error: Exception) -> None:
    raise error
