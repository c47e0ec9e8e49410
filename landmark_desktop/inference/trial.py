"""Bundles that did not come with the program run in a process of their own first.

What a graph of standard operators costs cannot be told from looking at it: a handful of them doubles a tensor until the
memory is full, or computes for days. So the model is loaded and asked about a few pictures where that harms nobody: in
a process whose memory (on Linux) and time are limited. What crashes there, hangs, needs too much, does not
fit its description or answers with something that is no probability is refused before this process loads it.

Started as ``python -m landmark_desktop.inference.trial``, or by a frozen program with :data:`.TRIAL_ARGUMENT`.
"""

import faulthandler
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, KnownError
from landmark_desktop.core.helper_process import helper_command, helper_environment, limit_helper
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.inference import TRIAL_ARGUMENT

log = logging.getLogger(__name__)

TIMEOUT_S: Final = 30.0
"""How long loading and a few pictures may take. The shipped model takes half a second on two cores."""
ADDRESS_SPACE: Final = 2 * 2**30
"""Bytes of address space that a trial may take beside the model's own. The shipped model needs half a GB, libraries
included."""
COPIES: Final = 4
"""How many times over a model may lie in memory: as a file, parsed, arranged for the processor, and once for luck."""
MAX_THREADS: Final = 4
"""The stack and heap of each thread count as address space."""

_passed: set[str] = set()
_lock = threading.Lock()


def require_trial(bundle: Bundle, precision: str) -> None:
    """Try a model of a bundle, unless it is the shipped bundle or was tried by this process before.

    Raises:
        BundleError: the model is refused.
    """
    sha256 = bundle.model(precision).sha256
    with _lock:  # two threads that want the same model do not try it twice
        if sha256 not in _passed and not _is_shipped(bundle.source):
            _try_model(bundle, sha256)
            _passed.add(sha256)


def _is_shipped(source: Path) -> bool:
    try:
        return source.resolve() == default_bundle_path().resolve()
    except (KnownError, OSError):
        return False


def _try_model(bundle: Bundle, sha256: str) -> None:
    name = bundle.source.name
    request = json.dumps({"source": str(bundle.source.absolute()), "sha256": sha256}).encode("ascii") + b"\n"
    try:
        done = subprocess.run(
            helper_command(__name__, TRIAL_ARGUMENT),
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=helper_environment(),
            timeout=TIMEOUT_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        reason = f"a few pictures took it more than {TIMEOUT_S:.0f} seconds"
        raise BundleError(ErrorCode.BUNDLE_UNSAFE, name=name, reason=reason) from error
    except OSError as error:
        raise BundleError(
            ErrorCode.BUNDLE_MODEL, name=name, reason=f"it cannot be tried: {error.strerror or error}"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        reason = f"it brought ONNX Runtime down ({_end(done.returncode)})"
        raise BundleError(ErrorCode.BUNDLE_UNSAFE, name=name, reason=reason) from error
    if answer:
        raise BundleError(ErrorCode(answer["code"]), **{**answer["params"], "name": name})


def _end(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}"


# -- in the process of its own ----------------------------------------------------------------------------------------


def main() -> int:
    """Try one model: a line of JSON on standard input, one on standard output (empty object: it passed)."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")  # libraries that print must not print into the answer
    os.dup2(2, 1)
    # Should nobody be left who waits: in C, so that it ends whatever the model does.
    faulthandler.dump_traceback_later(TIMEOUT_S + 5.0, exit=True)
    request = json.loads(sys.stdin.buffer.readline())
    answer: dict[str, Any] = {}
    try:
        _run(Path(request["source"]), request["sha256"])
    except KnownError as error:
        code = error.code if isinstance(error, BundleError) else ErrorCode.BUNDLE_MODEL
        answer = {"code": code, "params": error.params}
    except MemoryError:
        answer = {"code": ErrorCode.BUNDLE_UNSAFE, "params": {"reason": "it needs more memory than a model may take"}}
    json.dump(answer, answers)
    answers.flush()
    return 0


def _run(source: Path, sha256: str) -> None:
    from landmark_desktop.inference.classifier import OnnxClassifier
    from landmark_desktop.inference.session import ProviderChoice

    found = load_bundle(source)
    model = next((model for model in found.manifest.models if model.sha256 == sha256), None)
    if model is None:
        raise BundleError(ErrorCode.BUNDLE_UNREADABLE, name=source.name, reason="it was changed while it was read")
    # On the CPU, as if it were the bundle's only one: every precision computes there.
    bundle = Bundle(found.source, replace(found.manifest, models=(replace(model, precision="fp32"),)))
    limit_helper(ADDRESS_SPACE + COPIES * len(bundle.read_model()))
    threads = min(MAX_THREADS, os.cpu_count() or 1)
    classifier = OnnxClassifier(bundle, ProviderChoice.CPU, threads, trusted=True)
    pictures = _pictures(bundle.manifest.input)
    classifier.classify(pictures[:1])
    classifier.classify(pictures)


def _pictures(spec: InputSpec) -> UInt8Array:
    """Black, white, and noise of a fixed seed: uint8 ``[3, H, W, 3]``."""
    import numpy as np

    shape = (spec.height, spec.width, 3)
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    return np.stack([np.zeros(shape, np.uint8), np.full(shape, 255, np.uint8), noise])


if __name__ == "__main__":
    sys.exit(main())
