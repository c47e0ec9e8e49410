"""ONNX Runtime as the trainer uses it."""

from typing import TYPE_CHECKING

from trainer.data import worker_count
from trainer.errors import TrainerError

if TYPE_CHECKING:
    import onnxruntime

CPU = "CPUExecutionProvider"


def open_session(model: bytes, threads: int = 0, provider: str = CPU) -> "onnxruntime.InferenceSession":
    """Return a session of a serialised model that runs with ``threads`` threads (0: one a processor core).

    Raises:
        TrainerError: ONNX Runtime is not installed.
    """
    try:
        import onnxruntime
    except ModuleNotFoundError as error:
        raise TrainerError(
            "ONNX Runtime is not installed", "Install it with: pip install 'landmark-desktop[cpu]'"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = worker_count(threads)
    # The threads that decode photos need the processors while these have nothing to do.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=[provider])
