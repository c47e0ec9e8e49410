"""Constants that half precision holds exactly are stored in half precision: the simplifier widens them."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 65_536
"""Constants with fewer values are not worth a node."""


def store_narrowly(model: onnx.ModelProto) -> None:
    """Store every large float32 constant whose values are all of half precision as such, with a ``Cast`` where it is
    used. No output changes; runtimes do the cast once, when they load the model."""
    graph = model.graph
    casts = []
    for constant in graph.initializer:
        if constant.data_type != TensorProto.FLOAT or np.prod(constant.dims, dtype=np.int64) < SMALLEST:
            continue
        values = numpy_helper.to_array(constant)
        with np.errstate(over="ignore"):
            narrow = values.astype(np.float16)
        if not np.array_equal(narrow.astype(np.float32), values):
            continue
        wide = constant.name
        constant.CopyFrom(numpy_helper.from_array(narrow, f"{wide}_fp16"))
        casts.append(helper.make_node("Cast", [constant.name], [wide], f"{wide}_widened", to=TensorProto.FLOAT))
    nodes = [*casts, *(onnx.NodeProto.FromString(node.SerializeToString()) for node in graph.node)]
    del graph.node[:]
    graph.node.extend(nodes)
