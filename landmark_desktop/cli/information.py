"""``info`` and ``self-test``: what runs here, and whether it works."""

import argparse
import platform
import time
from importlib import metadata

from landmark_desktop import __version__
from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument, add_model_arguments
from landmark_desktop.cli.common import EXIT_FAILED, EXIT_OK, bundle_of, complain, count
from landmark_desktop.core.errors import BundleError, ErrorCode, KnownError
from landmark_desktop.core.guess import decide
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import CPU, CUDA, ProviderChoice, cuda_problem
from landmark_desktop.services import paths
from landmark_desktop.services.machine import available_cores
from landmark_desktop.services.sizing import EngineOptions, model_threads


def _add_info_arguments(parser: argparse.ArgumentParser) -> None:
    add_library_argument(parser)
    add_model_arguments(parser)


def show_info(arguments: Arguments) -> int:
    """``info``: everything a bug report needs."""
    import onnxruntime

    print(f"Landmark Desktop {__version__}")
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for package in ("PySide6-Essentials", "pillow", "pillow-heif", "rawpy", "exiv2", "numpy"):
        print(f"{package} {_version(package)}")
    print(f"ONNX Runtime {onnxruntime.__version__}, providers {', '.join(onnxruntime.get_available_providers())}")
    problem = cuda_problem()
    print(f"CUDA: {problem or 'can be tried'}")
    threads = model_threads(arguments.threads)
    workers = EngineOptions(decode_workers=arguments.threads).workers()
    print(f"Cores: {available_cores()}; {count(workers, 'decode worker')}, {count(threads, 'thread')} for the model")
    print(f"Library: {arguments.library}")
    print(f"Settings: {paths.settings_path()}")
    print(f"Thumbnails: {paths.thumbnail_path()}")
    print(f"Log: {paths.log_path()}")
    try:
        bundle = bundle_of(arguments)
        manifest = bundle.manifest
        print(f"Bundle: {bundle.source} ({manifest.id} {manifest.version}, {manifest.architecture})")
        print(f"Landmarks: {len(manifest.landmarks)}")
        classifier = OnnxClassifier(bundle, ProviderChoice(arguments.provider), threads)
    except KnownError as error:
        print(f"Bundle: {error.message} {error.remedy}")
        return EXIT_OK
    report = classifier.provider
    print(f"The model runs on: {report.label}" + (f" ({report.reason})" if report.reason else ""))
    print(f"Precision: {report.precision} ({report.precision_reason})")
    return EXIT_OK


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(version unknown)"


def self_test(arguments: Arguments) -> int:
    """``self-test``: one real inference, from pixels to a verdict; 0 if it works, 1 if not."""
    import numpy as np
    from PIL import Image

    from landmark_desktop.core.preprocess import preprocess

    try:
        bundle = bundle_of(arguments)
        classifier = OnnxClassifier(bundle, ProviderChoice(arguments.provider), model_threads(arguments.threads))
        ramp = np.linspace(0, 255, 480, dtype=np.uint8)
        picture = Image.fromarray(np.stack(np.broadcast_arrays(ramp[:, None], ramp[None, :], ramp[::-1, None]), axis=2))
        started = time.perf_counter()
        guesses = classifier.classify(preprocess(picture, bundle.manifest.input)[None])[0]
        milliseconds = 1000 * (time.perf_counter() - started)
    except KnownError as error:
        complain(error)
        return EXIT_FAILED
    provider = {CUDA: "CUDA", CPU: "the CPU"}[classifier.provider.actual]
    verdict = decide(guesses, bundle.manifest.thresholds)
    print(
        f"{bundle.manifest.id} {bundle.manifest.version} runs on {provider}: {milliseconds:.0f} ms, verdict {verdict}"
    )
    total = sum(guess.confidence for guess in guesses.top)
    if not guesses.top or total > 1.0 + 1e-3:
        complain(
            BundleError(ErrorCode.BUNDLE_MODEL, name=bundle.manifest.id, reason=f"its probabilities sum to {total:.3f}")
        )
        return EXIT_FAILED
    return EXIT_OK


INFO = Command("info", "show versions, providers, bundle and library", "info", _add_info_arguments, show_info)
SELF_TEST = Command(
    "self-test", "run one real inference through the bundle", "self-test", add_model_arguments, self_test
)
