"""A small but real bundle for tests: its model knows landmarks by the dominant colour of a picture.

Red pictures show the Eiffel Tower, green ones the Taj Mahal, blue ones Petra, and grey ones no landmark. The model is
an ONNX graph of a few standard operators that honours the whole bundle contract.
"""

import hashlib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from landmark_desktop.core.bundle import MANIFEST_NAME, MODEL_NAME, Bundle, Manifest, ModelFile, manifest_to_json
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.preprocess import InputSpec

SIDE = 32
OPSET = 18
SHARPNESS = 12.0
EIFFEL = Landmark(
    "eiffel_tower",
    "Eiffel Tower",
    "Tour Eiffel",
    "tower",
    Location(
        name="Eiffel Tower",
        city="Paris",
        region="Île-de-France",
        country="France",
        country_code="FR",
        latitude=48.85837,
        longitude=2.29448,
        radius_m=2500,
    ),
)
TAJ_MAHAL = Landmark(
    "taj_mahal",
    "Taj Mahal",
    "ताज महल",
    "mausoleum",
    Location(
        name="Taj Mahal",
        city="Agra",
        region="Uttar Pradesh",
        country="India",
        country_code="IN",
        latitude=27.17502,
        longitude=78.04216,
        radius_m=800,
    ),
)
PETRA = Landmark(
    "petra",
    "Petra",
    "البتراء",
    "ruins",
    Location(
        name="Petra",
        city="Wadi Musa",
        region="Ma'an",
        country="Jordan",
        country_code="JO",
        latitude=30.32846,
        longitude=35.44436,
        radius_m=1500,
    ),
)
LANDMARKS = (EIFFEL, TAJ_MAHAL, PETRA)
COLOURS = {"eiffel_tower": (205, 40, 40), "taj_mahal": (40, 190, 40), "petra": (40, 40, 215)}
GREY = (128, 128, 128)
THRESHOLDS = Thresholds(accept=0.8, reject=0.3, margin=0.2, novelty_limit=0.9)


def colour_picture(colour: tuple[int, int, int], size: tuple[int, int] = (240, 160), seed: int = 0) -> Image.Image:
    """A picture of one dominant colour; another ``seed`` is another picture."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    # Eight bits of the seed as black and white squares.
    for bit in range(8):
        draw.rectangle([10 + 14 * bit, 10, 20 + 14 * bit, 20], (255, 255, 255) if seed >> bit & 1 else (0, 0, 0))
    return image


def model_bytes(classes: int = 3, side: int = SIDE, **changes: Any) -> bytes:
    """The ONNX model. ``changes`` break the contract: ``input_type``, ``drop`` (an output), ``nan``, ``batch``."""
    weights = np.full((4, 3), -0.5, np.float32)
    weights[:3][np.eye(3, dtype=bool)] = 1.0
    weights[3] = 0.0
    bias = np.array([0.0, 0.0, 0.0, 0.25], np.float32)
    weights, bias = (
        SHARPNESS * np.vstack([weights[:classes], weights[3:]]),
        SHARPNESS * np.append(bias[:classes], bias[3]),
    )
    if changes.get("nan"):
        bias[0] = np.nan
    input_type = changes.get("input_type", TensorProto.UINT8)

    def constant(name: str, value: np.ndarray) -> onnx.TensorProto:
        return numpy_helper.from_array(value, name)

    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["pixels", "white"], ["light"]),
        helper.make_node("Transpose", ["light"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node(
            "AveragePool", ["planes"], ["quarters"], kernel_shape=[side // 2] * 2, strides=[side // 2] * 2
        ),
        helper.make_node("Conv", ["quarters", "kernel"], ["activation"]),
        helper.make_node("ReduceMean", ["quarters", "plane_axes"], ["mean"], keepdims=0),
        helper.make_node("Gemm", ["mean", "weights", "bias"], ["logits"], transB=1),
        helper.make_node("Softmax", ["logits"], ["all"], axis=1),
        helper.make_node("Slice", ["all", "first", "classes", "class_axis"], ["probabilities"]),
        helper.make_node("LpNormalization", ["mean"], ["embedding"], axis=1, p=2),
        helper.make_node("Slice", ["all", "classes", "end", "class_axis"], ["none"]),
        helper.make_node("Squeeze", ["none", "class_axis"], ["novelty"]),
    ]
    kernel = weights[:classes].reshape(classes, 3, 1, 1)
    initialisers = [
        constant("white", np.array(255.0, np.float32)),
        constant("kernel", kernel),
        constant("weights", weights),
        constant("bias", bias),
        constant("plane_axes", np.array([2, 3], np.int64)),
        constant("first", np.array([0], np.int64)),
        constant("classes", np.array([classes], np.int64)),
        constant("end", np.array([classes + 1], np.int64)),
        constant("class_axis", np.array([1], np.int64)),
    ]
    float_ = TensorProto.FLOAT
    outputs = [
        helper.make_tensor_value_info("probabilities", float_, ["N", classes]),
        helper.make_tensor_value_info("embedding", float_, ["N", 3]),
        helper.make_tensor_value_info("activation", float_, ["N", classes, 2, 2]),
        helper.make_tensor_value_info("novelty", float_, ["N"]),
    ]
    batch = changes.get("batch", "N")
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("images", input_type, [batch, side, side, 3])],
        [output for output in outputs if output.name != changes.get("drop")],
        initialisers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def manifest_for(model: bytes, **changes: Any) -> Manifest:
    """The description that fits :func:`model_bytes`; ``changes`` replace fields."""
    fields: dict[str, Any] = {
        "id": "colours",
        "version": "1.0",
        "created": datetime(2024, 5, 1, tzinfo=UTC),
        "trainer_version": "0",
        "licence": "GPL-3.0-or-later",
        "architecture": "colours",
        "models": (ModelFile(MODEL_NAME, hashlib.sha256(model).hexdigest(), "fp32", OPSET),),
        "input": InputSpec(SIDE, SIDE, SIDE, "bilinear"),
        "landmarks": LANDMARKS,
        "thresholds": THRESHOLDS,
    }
    return Manifest(**(fields | changes))


def write_bundle(folder: Path, model: bytes | None = None, **changes: Any) -> Bundle:
    """Write a bundle folder and return it, not yet loaded. ``changes`` replace fields of the manifest."""
    data = model_bytes() if model is None else model
    manifest = manifest_for(data, **changes)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL_NAME).write_bytes(data)
    (folder / MANIFEST_NAME).write_text(manifest_to_json(manifest), "utf-8")
    return Bundle(folder, manifest)


def zip_bundle(bundle: Bundle, target: Path) -> Path:
    """Pack a bundle folder as a zip. Returns ``target``."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(bundle.source.iterdir()):
            archive.write(file, file.name)
    return target
