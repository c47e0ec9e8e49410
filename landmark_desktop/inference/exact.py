"""Whether this processor adds up products of eight-bit numbers exactly.

Processors without VNNI (most from before 2019) add up pairs of products of uint8 and int8 in 16 bits, where
2 · 255 · 127 does not fit: ONNX Runtime then silently computes something else. Asking for flags of the processor is
another story on every system and says nothing about what ONNX Runtime does with them, so it is tried.
"""

import base64
import functools

import numpy as np

_SIZE = 64
_PRODUCT = base64.b64decode(
    "CAgSADpiChgKAWEKAWISAXkiDU1hdE11bEludGVnZXISAWdaFQoBYRIQCg4IAhIKCgMSAU0KAxIBS1oVCgFiEhAKDggDEgoKAxIB"
    "SwoDEgFOYhUKAXkSEAoOCAYSCgoDEgFNCgMSAU5CBAoAEA0="
)
"""An ONNX graph of one MatMulInteger: uint8 ``a`` ``[M, K]`` times int8 ``b`` ``[K, N]`` gives int32 ``y`` (the
application has no package that could build it)."""


@functools.cache
def exact_int8() -> bool:
    """Return True if ONNX Runtime multiplies the largest uint8 and int8 numbers rightly on this processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(_PRODUCT, options, providers=["CPUExecutionProvider"])
    left = np.full((_SIZE, _SIZE), 255, np.uint8)
    right = np.full((_SIZE, _SIZE), 127, np.int8)
    (found,) = session.run(["y"], {"a": left, "b": right})
    return bool((found == 255 * 127 * _SIZE).all())
