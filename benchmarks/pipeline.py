"""Classification: the pipeline against its own parts, and against the script one would write first."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from benchmarks.pictures import MEGAPIXEL, write_jpegs
from benchmarks.results import Result, best_of
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.preprocess import InputSpec, UInt8Array, preprocess
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.imaging.decode import decode
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.machine import available_cores
from landmark_desktop.services.sizing import cpu_batch, model_threads

SIZES = ((6000, 4000, 16, 5.5), (1224, 816, 120, 1.2))
"""Width, height, number of photos, and how many times as fast as the plain script we want to be."""
QUICK_SIZES = ((1224, 816, 8, 1.2),)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Times:
    """Seconds a photo."""

    decode: float
    infer: float
    classify: float
    plain: float


def run(folder: Path, quick: bool) -> list[Result]:
    """Measure photos of 24 and of 1 megapixel."""
    bundle = load_bundle(default_bundle_path())
    results = []
    for width, height, number, factor in QUICK_SIZES if quick else SIZES:
        photos = write_jpegs(folder / f"{width}", number, width, height)
        megapixels = f"{width * height / MEGAPIXEL:.0f} MP"
        size = sum(path.stat().st_size for path in photos) / number / 1e6
        times, precision = _measure(bundle, photos, folder, 1 if quick else ROUNDS)
        floor = times.decode + times.infer
        print(f"\n{number} JPEGs of {megapixels} ({size:.1f} MB each), {precision}")
        for name, seconds in (
            ("decode alone, all cores", times.decode),
            ("inference alone, all cores", times.infer),
            ("classify", times.classify),
            ("plain script", times.plain),
        ):
            print(f"  {name:<28}{1000 * seconds:8.1f} ms a photo   {1 / seconds:8.1f} photos a second")
        results += [
            Result(
                f"efficiency of classify, {megapixels}",
                floor / times.classify,
                "×",
                0.90 if width == SIZES[0][0] else 0.0,
                f"decode {1000 * times.decode:.1f} + inference {1000 * times.infer:.1f} ms",
                "content key, metadata, library, hand-over",
            ),
            Result(
                f"classify against the plain script, {megapixels}",
                times.plain / times.classify,
                "×",
                factor,
                f"at best {times.plain / floor:.2f} ×",
                "as above",
            ),
        ]
    return [result for result in results if result.bound > 0]


def _measure(bundle: Bundle, photos: Sequence[Path], folder: Path, rounds: int) -> tuple[_Times, str]:
    """Return the times, and the precision that all of them computed in."""
    spec = bundle.manifest.input
    classifier = OnnxClassifier(bundle, ProviderChoice.CPU, model_threads())
    precision = classifier.provider.precision
    session = onnxruntime.InferenceSession(bundle.read_model(precision), providers=["CPUExecutionProvider"])
    batch = np.stack([preprocess(decode(path).image, spec) for path in photos[: cpu_batch()]])
    batches = max(1, len(photos) // len(batch))

    def decode_all() -> None:
        with ThreadPoolExecutor(available_cores()) as pool:
            list(pool.map(lambda path: preprocess(decode(path).image, spec), photos))

    def infer_all() -> None:
        for _ in range(batches):
            classifier.classify(batch)

    def plain() -> None:
        for path in photos:
            session.run(None, {"images": _plain_input(path, spec)})

    libraries = count()

    def classify() -> None:
        library = folder / f"library-{len(photos)}-{next(libraries)}.sqlite"
        with BatchClassifier(library, bundle, lambda: classifier) as batch_classifier:
            records = list(
                batch_classifier.run([photos[0].parent], recursive=False, on_found=lambda _: None, on_error=_raise)
            )
        assert len(records) == len(photos)
        assert all(record.guesses is not None for record in records)

    parts: list[Callable[[], None]] = [decode_all, infer_all, classify, plain]
    seconds = best_of(rounds, *parts)
    number = len(photos)
    return _Times(seconds[0] / number, seconds[1] / (batches * len(batch)), seconds[2] / number, seconds[3] / number), (
        precision
    )


def _plain_input(path: Path, spec: InputSpec) -> UInt8Array:
    """What a script does: decode everything, resize, crop."""
    image = Image.open(path).convert("RGB")
    scale = spec.resize_shorter_side / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    left, top = (image.width - spec.width) // 2, (image.height - spec.height) // 2
    return np.asarray(image.crop((left, top, left + spec.width, top + spec.height)), dtype=np.uint8)[None]


def _raise(error: Exception) -> None:
    raise error
