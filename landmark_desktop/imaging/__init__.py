"""Decoding: from files to oriented sRGB pictures. No Qt, no ONNX Runtime, no torch."""

from typing import Final

WORKER_ARGUMENT: Final = "--decode-worker"
"""The hidden argument that makes the frozen program a decoder process (see :mod:`.worker`)."""
