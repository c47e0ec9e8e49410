"""ONNX Runtime sessions: which execution provider really loads, and why CUDA does not.

ONNX Runtime lists CUDA as available whenever the GPU wheel is installed, and falls back to the CPU with
a line on stderr when it cannot load it. Users deserve to know, so every step is checked and reported.
"""

import contextlib
import ctypes
import io
import logging
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from landmark_desktop.core.errors import BundleError, ErrorCode, ProviderError
from landmark_desktop.inference.exact import exact_int8

if TYPE_CHECKING:
    import onnxruntime

log = logging.getLogger(__name__)

CUDA = "CUDAExecutionProvider"
CPU = "CPUExecutionProvider"
_FATAL_ONLY = 4
"""ONNX Runtime's log severity: what goes wrong raises, its chatter on stderr helps nobody."""


class ProviderChoice(StrEnum):
    """What the user asks for."""

    AUTO = "auto"
    CUDA = "cuda"
    CPU = "cpu"


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """Which provider runs the model. ``reason`` says why CUDA does not, and is empty where it does. ``precision`` is
    that of the bundle's model that runs, and ``precision_reason`` says why that one."""

    requested: ProviderChoice
    actual: str
    reason: str = ""
    precision: str = "fp32"
    precision_reason: str = ""

    @property
    def label(self) -> str:
        """``CUDA`` or ``CPU``, for people."""
        return "CUDA" if self.actual == CUDA else "CPU"


def cuda_driver_problem() -> str:
    """Return why the NVIDIA driver cannot be used, or an empty text when it loads."""
    if sys.platform == "darwin":
        return "CUDA does not exist on macOS"
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(library)
    except OSError:
        return "no NVIDIA driver was found"
    code = driver.cuInit(0)
    if code != 0:
        return f"the NVIDIA driver does not start (CUDA error {code})"
    return ""


def cuda_problem(available: Sequence[str] | None = None) -> str:
    """Return why CUDA cannot even be tried, or an empty text.

    ``available`` are the providers of this ONNX Runtime build (asked for when None).
    """
    if available is None:
        import onnxruntime

        available = onnxruntime.get_available_providers()
    if CUDA not in available:
        return "this ONNX Runtime build has no CUDA support"
    return cuda_driver_problem() or _missing_cuda_part()


def _missing_cuda_part() -> str:
    """ONNX Runtime lists CUDA by how it was compiled; packed programs for the CPU leave its library out."""
    import onnxruntime

    libraries = Path(onnxruntime.__file__).parent / "capi"
    return "" if any(libraries.glob("*onnxruntime_providers_cuda*")) else "this program was packed without CUDA"


_FASTER: Final = {
    "fp16": "the bundle's fp16 model is the faster one on a graphics card",
    "int8": "the bundle's int8 model is the faster one on the CPU",
}
_LACKING: Final = {
    "fp16": "the bundle has no fp16 model, which would be the faster one on a graphics card",
    "int8": "the bundle has no int8 model, which would be the faster one on the CPU",
}


def precision_for(provider: str, available: Collection[str]) -> tuple[str, str]:
    """Return which of a bundle's precisions runs on a provider, and why.

    Integer arithmetic is fast on processors and slow on graphics cards; half precision is the other way round. Where
    a processor's integer arithmetic is not exact, fp32 runs.
    """
    wanted = "fp16" if provider == CUDA else "int8"
    if wanted == "int8" and wanted in available and not exact_int8():
        return "fp32", "this processor has no exact arithmetic for the bundle's int8 model (VNNI)"
    if wanted in available:
        return wanted, _FASTER[wanted]
    return "fp32", _LACKING[wanted]


def create_session(
    read_model: Callable[[str], bytes],
    precisions: Collection[str] = ("fp32",),
    *,
    name: str,
    choice: ProviderChoice = ProviderChoice.AUTO,
    threads: int = 0,
) -> tuple["onnxruntime.InferenceSession", ProviderReport]:
    """Load a bundle's model on the best provider that works: CUDA, then CPU; each in the precision that suits it.

    ``read_model`` gives the model of one of the ``precisions``; ``name`` is the bundle's, for messages; ``threads``
    are those of one inference on the CPU, 0 for all cores.

    Raises:
        ProviderError: CUDA was asked for explicitly and does not load.
        BundleError: the model itself does not load.
    """
    reason = "the CPU was chosen in the settings"
    if choice is not ProviderChoice.CPU:
        reason = cuda_problem()
        if not reason:
            precision, why = precision_for(CUDA, precisions)
            session, reason = _try_cuda(read_model(precision))
            if session is not None:
                return session, ProviderReport(choice, CUDA, "", precision, why)
        if choice is ProviderChoice.CUDA:
            raise ProviderError(ErrorCode.PROVIDER_UNAVAILABLE, provider="CUDA", reason=reason)
    precision, why = precision_for(CPU, precisions)
    return _load(read_model(precision), name, [CPU], threads), ProviderReport(choice, CPU, reason, precision, why)


def _try_cuda(model: bytes) -> tuple["onnxruntime.InferenceSession | None", str]:
    """Try CUDA for real; return the session, or None and the reason."""
    import onnxruntime

    preload = getattr(onnxruntime, "preload_dlls", None)
    if preload is not None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):  # it prints, and our standard output is for guesses
            preload()  # finds the CUDA and cuDNN libraries of the nvidia-* wheels, or else of the system
        if said.getvalue():
            log.info("preloading CUDA: %s", said.getvalue().strip())
    try:
        session = _load(model, "", [CUDA, CPU], 0)
    except BundleError as error:
        return None, f"the model does not load on CUDA ({error.params['reason']})"
    if CUDA in session.get_providers():
        return session, ""
    return None, "ONNX Runtime could not load its CUDA libraries (CUDA or cuDNN is missing or of another version)"


def _load(model: bytes, name: str, providers: list[str], threads: int) -> "onnxruntime.InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    options.intra_op_num_threads = threads
    # Decoders share the cores with inference; a thread that spins while it waits takes their time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # What was checked is an ONNX file (core.onnx_graph); ONNX Runtime would take its own format as well.
    options.add_session_config_entry("session.load_model_format", "ONNX")
    # A graph whose shapes contradict themselves is an error and not a warning that nobody reads.
    options.add_session_config_entry("session.strict_shape_type_inference", "1")
    onnxruntime.set_default_logger_severity(_FATAL_ONLY)
    try:
        return onnxruntime.InferenceSession(model, options, providers=providers)
    except Exception as error:  # ONNX Runtime raises a dozen private types for a model it does not like
        log.debug("session creation failed", exc_info=True)
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BundleError(ErrorCode.BUNDLE_MODEL, name=name, reason=reason) from error


def describe(session: Any) -> dict[str, tuple[str, list[Any]]]:
    """Return ``{name: (element type, shape)}`` of a session's inputs and outputs."""
    return {value.name: (value.type, list(value.shape)) for value in (*session.get_inputs(), *session.get_outputs())}
