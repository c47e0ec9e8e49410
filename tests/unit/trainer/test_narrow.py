"""Constants in half precision: only those that lose nothing, and nothing that comes out changes."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trainer import narrow
from trainer.narrow import store_narrowly
from trainer.runtime import open_session


def product(values: np.ndarray) -> onnx.ModelProto:
    """A model that multiplies its input with a constant, and one with a small constant too."""
    rows, columns = values.shape
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["xw"]), helper.make_node("Mul", ["xw", "two"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", rows])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", columns])],
        [numpy_helper.from_array(values, "w"), numpy_helper.from_array(np.array([2.0], np.float32), "two")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def half(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((32, 64)).astype(np.float16).astype(np.float32)


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrow, "SMALLEST", 2048)


def test_what_half_precision_holds_takes_half_the_room_and_gives_the_same() -> None:
    model = product(half())
    before = model.SerializeToString()
    store_narrowly(model)
    onnx.checker.check_model(model, full_check=True)
    after = model.SerializeToString()
    assert len(after) < 0.6 * len(before)
    kinds = {item.name: item.data_type for item in model.graph.initializer}
    assert kinds == {"w_fp16": TensorProto.FLOAT16, "two": TensorProto.FLOAT}
    x = np.random.default_rng(1).standard_normal((3, 32)).astype(np.float32)
    outputs = [open_session(data, 1).run(["y"], {"x": x})[0] for data in (before, after)]
    assert np.array_equal(outputs[0], outputs[1])


@pytest.mark.parametrize("spoil", [1e-5, 1e6, np.nan])
def test_what_would_lose_something_stays(spoil: float) -> None:
    values = half()
    values[5, 7] += np.float32(spoil)
    model = product(values)
    before = model.SerializeToString()
    store_narrowly(model)
    assert model.SerializeToString() == before


def test_small_constants_stay() -> None:
    model = product(half()[:, :32])
    before = model.SerializeToString()
    store_narrowly(model)
    assert model.SerializeToString() == before
