"""Models that would do more than compute are refused by their bytes alone, whatever way those are written."""

import pickle
from collections.abc import Callable, Iterator

import numpy as np
import onnx
import pytest
from google.protobuf.message import DecodeError
from hypothesis import example, given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from landmark_desktop.core import onnx_graph
from landmark_desktop.core.onnx_graph import UnsafeModelError, check_model
from landmark_desktop.core.resources import default_bundle_path
from tests.bundles import OPSET, model_bytes

Change = Callable[[onnx.ModelProto], None]


def model() -> onnx.ModelProto:
    return onnx.load_from_string(model_bytes())


def refusal(data: bytes) -> str:
    with pytest.raises(UnsafeModelError) as caught:
        check_model(data)
    return str(caught.value)


def tensor(*, external: bool = False) -> onnx.TensorProto:
    made = numpy_helper.from_array(np.zeros(4, np.float32), "numbers")
    if external:
        made.ClearField("raw_data")
        made.data_location = TensorProto.EXTERNAL
        made.external_data.add(key="location", value="../../../etc/passwd")
    return made


def small_graph() -> onnx.GraphProto:
    return helper.make_graph([helper.make_node("Identity", ["a"], ["b"])], "inner", [], [])


def test_sound_models_are_described() -> None:
    facts = check_model(model_bytes())
    assert (facts.opset, facts.nodes) == (OPSET, 12)


def test_the_shipped_models_pass() -> None:
    for file in default_bundle_path().glob("*.onnx"):
        data = file.read_bytes()
        parsed = onnx.load_from_string(data)
        facts = check_model(data)
        assert (facts.opset, facts.nodes) == (parsed.opset_import[0].version, len(parsed.graph.node))


def custom_operator(made: onnx.ModelProto) -> None:
    made.graph.node[3].domain = "com.evil"
    made.opset_import.append(helper.make_opsetid("com.evil", 1))


def contributed_operator(made: onnx.ModelProto) -> None:
    made.graph.node.append(helper.make_node("EPContext", ["a"], ["b"], domain="com.microsoft"))


def loop(made: onnx.ModelProto) -> None:
    made.graph.node.append(helper.make_node("Loop", ["n", "go"], ["x"], body=small_graph()))


def list_of_graphs(made: onnx.ModelProto) -> None:
    made.graph.node[0].attribute.append(helper.make_attribute("bodies", [small_graph()]))


def function(made: onnx.ModelProto) -> None:
    node = helper.make_node("Identity", ["a"], ["b"])
    made.functions.append(helper.make_function("", "Twice", ["a"], ["b"], [node], [helper.make_opsetid("", OPSET)]))


def training(made: onnx.ModelProto) -> None:
    made.training_info.add().algorithm.CopyFrom(small_graph())


def weights_elsewhere(made: onnx.ModelProto) -> None:
    made.graph.initializer.append(tensor(external=True))


def constant_elsewhere(made: onnx.ModelProto) -> None:
    made.graph.node.append(helper.make_node("Constant", [], ["c"], value=tensor(external=True)))


def constants_elsewhere(made: onnx.ModelProto) -> None:
    made.graph.node[0].attribute.append(helper.make_attribute("values", [tensor(), tensor(external=True)]))


def sparse_elsewhere(made: onnx.ModelProto) -> None:
    sparse = made.graph.sparse_initializer.add()
    sparse.values.CopyFrom(tensor(external=True))


def sparse_constant_elsewhere(made: onnx.ModelProto) -> None:
    attribute = made.graph.node[0].attribute.add(name="sparse_value", type=onnx.AttributeProto.SPARSE_TENSOR)
    attribute.sparse_tensor.indices.CopyFrom(tensor(external=True))


def only_a_location(made: onnx.ModelProto) -> None:
    made.graph.initializer.append(tensor())
    made.graph.initializer[-1].data_location = TensorProto.EXTERNAL


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (custom_operator, "operator AveragePool of 'com.evil' is not part of the ONNX standard"),
        (contributed_operator, "operator EPContext of 'com.microsoft'"),
        (loop, "Loop holds a graph of its own"),
        (list_of_graphs, "Cast holds a graph of its own"),
        (function, "functions of its own"),
        (training, "graphs for training"),
        (weights_elsewhere, "in another file"),
        (constant_elsewhere, "in another file"),
        (constants_elsewhere, "in another file"),
        (sparse_elsewhere, "in another file"),
        (sparse_constant_elsewhere, "in another file"),
        (only_a_location, "in another file"),
    ],
)
def test_what_does_more_than_compute_is_refused(change: Change, reason: str) -> None:
    made = model()
    change(made)
    assert reason in refusal(made.SerializeToString())


def test_operators_of_others_that_are_named_and_not_used_do_no_harm() -> None:
    made = model()
    made.opset_import.append(helper.make_opsetid("com.microsoft", 1))  # as quantisation tools do
    assert check_model(made.SerializeToString()).opset == OPSET


def test_a_huge_graph_is_refused() -> None:
    made = model()
    for _ in range(onnx_graph.MAX_NODES):
        made.graph.node.add(op_type="Identity")
    assert "more than 20,000 operators" in refusal(made.SerializeToString())


def test_a_file_of_countless_parts_is_refused_before_all_are_walked() -> None:
    # Field 100 of no meaning, three bytes each.
    assert "more than 1,000,000 parts" in refusal(model_bytes() + b"\xa0\x06\x00" * 1_000_001)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        pickle.dumps({"weights": list(range(100))}),
        b"PK\x03\x04" + bytes(100),
        b"\x18\x00\x00\x00ORTM" + bytes(100),  # ONNX Runtime's own format
        model_bytes()[:-1],
        model_bytes() + b"\x0b\x0c",  # a group
        model_bytes() + b"\x06\x00",  # a kind that does not exist
        model_bytes() + b"\x00\x00",  # field 0
        model_bytes() + b"\xa0" * 11,  # a number that does not end
        model_bytes() + b"\xba\x80\x80\x80\x80\x80\x80\x80\x80\x01\x00",  # field 7 with bits above the 32nd
    ],
    ids=lambda data: data[:8].hex() or "empty",
)
def test_what_is_no_sound_onnx_is_refused(data: bytes) -> None:
    assert refusal(data) in ("it is no sound ONNX file", "it is no ONNX model with one graph and one set of operators")


def test_a_second_graph_is_refused_because_parsers_join_the_two() -> None:
    second = onnx.ModelProto()
    loop(second)
    assert "holds a graph" in refusal(model_bytes() + second.SerializeToString())
    second = onnx.ModelProto(graph=small_graph())
    assert "one graph" in refusal(model_bytes() + second.SerializeToString())


def test_every_way_to_say_that_data_lies_elsewhere_is_understood() -> None:
    """Parsers cut numbers to 32 bits: 2^32 + 1 is a 1 as well."""
    made = model()
    made.graph.initializer.append(tensor())
    plain = made.graph.initializer[-1].SerializeToString()
    for value in (b"\x01", b"\x81\x00", b"\x81\x80\x80\x80\x10"):
        hidden = plain + b"\x70" + value
        graph = made.graph.SerializeToString() + b"\x2a" + bytes([len(hidden)]) + hidden
        data = b"\x42" + b"\x02\x10\x12" + b"\x3a" + _varint(len(graph)) + graph
        assert onnx.load_from_string(data).graph.initializer[-1].data_location == TensorProto.EXTERNAL
        assert "another file" in refusal(data)


def _varint(number: int) -> bytes:
    encoded = b""
    while number >= 0x80:
        encoded += bytes([number & 0x7F | 0x80])
        number >>= 7
    return encoded + bytes([number])


def _dangers(made: onnx.ModelProto) -> Iterator[str]:
    """What the official parser finds in a model that must not be there."""
    if made.functions or made.training_info:
        yield "functions"
    tensors = list(made.graph.initializer)
    for node in made.graph.node:
        if node.domain not in ("", "ai.onnx"):
            yield "domain"
        for attribute in node.attribute:
            if attribute.HasField("g") or attribute.graphs:
                yield "graph"
            tensors += [attribute.t, *attribute.tensors]
    if any(t.data_location or t.external_data for t in tensors):
        yield "external"


HOSTILE = []
for _change in (custom_operator, loop, list_of_graphs, function, weights_elsewhere, constant_elsewhere):
    _made = model()
    _change(_made)
    HOSTILE.append(_made.SerializeToString())


@given(
    start=st.sampled_from([model_bytes(), *HOSTILE]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
)
@example(start=HOSTILE[0], changes=[])
def test_what_passes_is_harmless_to_the_official_parser_too(start: bytes, changes: list[tuple[float, int]]) -> None:
    data = bytearray(start)
    for share, value in changes:
        data[int(share * len(data))] = value
    try:
        check_model(bytes(data))
    except UnsafeModelError:
        return
    try:
        parsed = onnx.load_from_string(bytes(data))
    except DecodeError:
        return  # nobody runs what nobody can read
    assert list(_dangers(parsed)) == []
