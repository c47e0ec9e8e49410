"""ONNX Runtime sessions and the classifier on top of them. No Qt."""

from typing import Final

TRIAL_ARGUMENT: Final = "--try-bundle"
"""The hidden argument that makes the frozen program try a bundle (see :mod:`.trial`)."""
