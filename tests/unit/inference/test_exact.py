"""Whether int8 is exact on this processor is tried, and the trial would notice if it were not."""

from collections.abc import Iterator

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto

from landmark_desktop.inference import exact


@pytest.fixture(autouse=True)
def _asked_for_the_first_time() -> Iterator[None]:
    exact.exact_int8.cache_clear()
    yield
    exact.exact_int8.cache_clear()


class Answers:
    """A session that adds up the products of ``a`` and ``b`` in its own way."""

    def __init__(self, *, overflows: bool) -> None:
        self._overflows = overflows

    def __call__(self, *_arguments: object, **_options: object) -> "Answers":
        return self

    def run(self, _names: list[str], feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        left, right = feed["a"].astype(np.int32), feed["b"].astype(np.int32)
        pairs = left.reshape(len(left), -1, 2, 1) * right.reshape(-1, 2, right.shape[1])
        sums = pairs.sum(axis=2)
        return [(sums.clip(-32768, 32767) if self._overflows else sums).sum(axis=1)]


@pytest.mark.parametrize("overflows", [True, False])
def test_sums_that_overflow_in_16_bits_are_noticed(overflows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "InferenceSession", Answers(overflows=overflows))
    assert exact.exact_int8() is not overflows


def test_the_trial_runs_on_this_processor_and_is_remembered() -> None:
    assert exact.exact_int8() in (True, False)
    assert exact.exact_int8.cache_info().misses == 1
    exact.exact_int8()
    assert exact.exact_int8.cache_info().misses == 1


def test_the_trial_is_one_standard_operator_on_the_largest_numbers() -> None:
    model = onnx.load_from_string(exact._PRODUCT)
    onnx.checker.check_model(model, full_check=True)
    assert [(node.op_type, node.domain) for node in model.graph.node] == [("MatMulInteger", "")]
    kinds = [value.type.tensor_type.elem_type for value in model.graph.input]
    assert kinds == [TensorProto.UINT8, TensorProto.INT8]
