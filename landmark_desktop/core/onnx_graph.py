"""What an ONNX file would do, read from its bytes before any runtime sees them.

A bundle's model may only compute: standard operators, no graphs inside of graphs (the bodies of loops and branches),
no functions (which can unfold into billions of operators), and no data outside of the file. The program ships without
the package ``onnx``; what has to be known takes four of Protocol Buffers' field numbers a message, so the
messages are walked here. The walk is stricter than any parser of Protocol Buffers: what those read in different ways is
refused, and a field that may stand there once is looked at each time it does.

The numbers are those of ``onnx.proto3`` (https://github.com/onnx/onnx), the encoding is that of
https://protobuf.dev/programming-guides/encoding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

STANDARD_DOMAINS: Final = frozenset({"", "ai.onnx"})
MAX_NODES: Final = 20_000
"""Operators of a graph. The largest published classifiers have a few thousand."""
MAX_FIELDS: Final = 1_000_000
"""Fields that are walked: some 20 for each operator and each tensor; more would only cost time."""

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_MODEL_OPSET, _MODEL_GRAPH, _MODEL_TRAINING, _MODEL_FUNCTIONS = 8, 7, 20, 25
_OPSET_DOMAIN, _OPSET_VERSION = 1, 2
_GRAPH_NODE, _GRAPH_TENSOR, _GRAPH_SPARSE = 1, 5, 15
_NODE_OPERATOR, _NODE_ATTRIBUTE, _NODE_DOMAIN = 4, 5, 7
_ATTRIBUTE_TENSORS, _ATTRIBUTE_GRAPHS, _ATTRIBUTE_SPARSE = (5, 10), (6, 11), (22, 23)
_SPARSE_TENSORS: Final = (1, 2)
_TENSOR_EXTERNAL, _TENSOR_LOCATION = 13, 14


class UnsafeModelError(ValueError):
    """The model is refused; the text says why, to follow "was refused:"."""


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """What a sound model says of itself: the version of its operators, and how many there are."""

    opset: int
    nodes: int


def check_model(data: bytes) -> GraphFacts:
    """Return what the ONNX file ``data`` consists of, if there is nothing in it but a graph of standard operators.

    Raises:
        UnsafeModelError: it is no ONNX file, or has operators of others, graphs in graphs, functions, data
            outside of the file, or more parts than any model needs.
    """
    return _Walk(data).model()


class _Walk:
    """One walk through a file, which counts what it meets."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fields = 0
        self._nodes = 0

    def model(self) -> GraphFacts:
        graphs, opsets = 0, list[int]()
        for number, value in self._messages(0, len(self._data)):
            if number == _MODEL_GRAPH:
                graphs += 1
                self._graph(*value)
            elif number == _MODEL_OPSET:
                opsets += self._opset(*value)
            elif number == _MODEL_FUNCTIONS:
                raise UnsafeModelError("it defines functions of its own")
            elif number == _MODEL_TRAINING:
                raise UnsafeModelError("it holds graphs for training")
        if graphs != 1 or len(opsets) != 1 or self._nodes == 0:
            raise UnsafeModelError("it is no ONNX model with one graph and one set of operators")
        return GraphFacts(opsets[0], self._nodes)

    def _opset(self, start: int, end: int) -> list[int]:
        """The version of the standard operators, nothing for other operators: to name them without use does no harm."""
        domain, version = "", 0
        for number, kind, value, stop in self._walk(start, end):
            if (number, kind) == (_OPSET_DOMAIN, _BYTES):
                domain = self._text(value, stop)
            elif (number, kind) == (_OPSET_VERSION, _VARINT):
                version = value
        return [version] if domain in STANDARD_DOMAINS else []

    def _graph(self, start: int, end: int) -> None:
        for number, value in self._messages(start, end):
            if number == _GRAPH_NODE:
                self._nodes += 1
                if self._nodes > MAX_NODES:
                    raise UnsafeModelError(f"it has more than {MAX_NODES:,} operators")
                self._node(*value)
            elif number == _GRAPH_TENSOR:
                self._tensor(*value)
            elif number == _GRAPH_SPARSE:
                self._sparse(*value)

    def _node(self, start: int, end: int) -> None:
        parts = list(self._messages(start, end))
        operator = next((self._text(*value) for number, value in parts if number == _NODE_OPERATOR), "an operator")
        for number, value in parts:
            if number == _NODE_DOMAIN:
                self._check_domain(*value, operator)
            elif number == _NODE_ATTRIBUTE:
                self._attribute(*value, operator)

    def _attribute(self, start: int, end: int, operator: str) -> None:
        for number, value in self._messages(start, end):
            if number in _ATTRIBUTE_GRAPHS:
                raise UnsafeModelError(f"{operator} holds a graph of its own (loops and branches are not taken)")
            if number in _ATTRIBUTE_TENSORS:
                self._tensor(*value)
            elif number in _ATTRIBUTE_SPARSE:
                self._sparse(*value)

    def _sparse(self, start: int, end: int) -> None:
        for number, value in self._messages(start, end):
            if number in _SPARSE_TENSORS:
                self._tensor(*value)

    def _tensor(self, start: int, end: int) -> None:
        for number, kind, value, _ in self._walk(start, end):
            # Any value but 0: runtimes cut numbers to 32 bits, so that there are many ways to say 1.
            elsewhere = number == _TENSOR_LOCATION and kind == _VARINT and value != 0
            if number == _TENSOR_EXTERNAL or elsewhere:
                raise UnsafeModelError("some of its numbers lie in another file")

    def _check_domain(self, start: int, end: int, operator: str) -> None:
        domain = self._text(start, end)
        if domain not in STANDARD_DOMAINS:
            raise UnsafeModelError(f"its operator {operator} of {domain!r} is not part of the ONNX standard")

    def _text(self, start: int, end: int) -> str:
        return self._data[start : min(end, start + 100)].decode("utf-8", "replace")

    def _messages(self, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """The fields that have a length: their numbers, and where they begin and end."""
        for number, kind, value, stop in self._walk(start, end):
            if kind == _BYTES:
                yield number, (value, stop)

    def _walk(self, position: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """All fields of a message: number, kind, and the value; or the place where it begins and, last, ends."""
        while position < end:
            self._fields += 1
            if self._fields > MAX_FIELDS:
                raise UnsafeModelError(f"it has more than {MAX_FIELDS:,} parts")
            tag, position = self._varint(position, end)
            number, kind = tag >> 3, tag & 7
            # Parsers differ in what they make of larger numbers.
            if not 0 < number < 1 << 29:
                raise _no_onnx()
            value = position
            if kind == _VARINT:
                value, position = self._varint(position, end)
            elif kind == _BYTES:
                length, value = self._varint(position, end)
                position = value + length
            elif kind in (_FIXED_32, _FIXED_64):
                position += 4 if kind == _FIXED_32 else 8
            else:  # groups, which ONNX never used, and what is no kind at all
                raise _no_onnx()
            if position > end:
                raise _no_onnx()
            yield number, kind, value, position

    def _varint(self, position: int, end: int) -> tuple[int, int]:
        result = 0
        for shift in range(0, 70, 7):
            if position >= end:
                break
            byte = self._data[position]
            position += 1
            result |= (byte & 0x7F) << shift
            if byte < 0x80:
                return result, position
        raise _no_onnx()


def _no_onnx() -> UnsafeModelError:
    return UnsafeModelError("it is no sound ONNX file")
