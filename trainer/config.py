"""The configuration of a training run: defaults here, a TOML file over them, the command line over that.

Every section is a frozen dataclass whose fields are the keys of the TOML table of that name. Unknown keys, wrong types
and values out of range are errors that name the key, because a misspelt key that is silently ignored costs a day.
"""

import dataclasses
import tomllib
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal, TypeVar

from landmark_desktop.core.preprocess import InputSpec, Interpolation
from trainer.errors import TrainerError

T = TypeVar("T")
REMEDY = "See docs/training.md for the keys and their meaning."


def _require(condition: bool, text: str) -> None:
    if not condition:
        raise ValueError(text)


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Where the photos are and how they are split.

    ``root`` is a folder tree (``format = "folders"``: ``train/ val/ test/`` with one folder a landmark) or holds Google
    Landmarks v2 (``"glv2"``): then ``csv``, ``categories`` ("": no names) and the folder ``images`` lie below it, and
    ``classes`` (numbers, ids or names), or the ``largest`` so many, are taken, of each at most ``max_photos`` (0: all).
    ``background`` names the folder of photos without any landmark ("" where there is none); ``landmarks`` is the CSV
    table with names and places ("" for a bundle without places); ``leave_out`` are landmark ids or folder names whose
    photos take no part at all, so that evaluation can use them as monuments that the model does not know. ``splits`` is
    a CSV that says which photo belongs to which split; where that and the folders say nothing, ``val_share`` and
    ``test_share`` of the photos are drawn, chosen by ``split_seed``.
    """

    root: str = ""
    landmarks: str = ""
    background: str = "_none"
    leave_out: tuple[str, ...] = ()
    format: Literal["folders", "glv2"] = "folders"
    splits: str = ""
    val_share: float = 0.1
    test_share: float = 0.1
    split_seed: int = 1
    csv: str = "train.csv"
    categories: str = "train_label_to_category.csv"
    images: str = "train"
    classes: tuple[str, ...] = ()
    largest: int = 0
    max_photos: int = 0

    def __post_init__(self) -> None:
        for name in ("val_share", "test_share"):
            _require(0.0 <= getattr(self, name) < 1.0, f"{name} must be in [0, 1)")
        _require(self.val_share + self.test_share < 1.0, "val_share and test_share leave nothing for training")
        for name in ("split_seed", "largest", "max_photos"):
            _require(getattr(self, name) >= 0, f"{name} must not be negative")
        choice = bool(self.classes) + bool(self.largest)
        if self.format == "glv2":
            _require(choice == 1, 'format = "glv2" needs either classes or largest')
            images = PurePath(self.images)
            _require(not images.is_absolute() and ".." not in images.parts, "images must be a folder below root")
        else:
            _require(not choice and not self.max_photos, 'classes, largest and max_photos need format = "glv2"')


@dataclass(frozen=True, slots=True)
class InputConfig:
    """The model's input, see :class:`landmark_desktop.core.preprocess.InputSpec`; pixels."""

    height: int = 256
    width: int = 256
    resize_shorter_side: int = 256
    interpolation: Interpolation = "bicubic"
    squeeze: float = 1.0

    def __post_init__(self) -> None:
        self.spec()

    def spec(self) -> InputSpec:
        """Return the same as the contract's type. Raises ValueError for impossible sizes."""
        return InputSpec(self.height, self.width, self.resize_shorter_side, self.interpolation, self.squeeze)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Which entry of the model registry, and its own options (checked by the model)."""

    name: str = "transfer"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """Random changes of training photos. Probabilities in [0, 1]; ``crop_min_area`` is the smallest share of the
    picture that a crop keeps; ``crop_max_ratio`` the largest change of the aspect ratio; brightness, contrast and
    saturation are multiplied by 1 ± that much; ``low_resolution_min_side`` in pixels; ``jpeg_min_quality`` 1 … 95;
    rotation and shear of the random affine in ± degrees (0: none); ``randaugment_ops`` operations of RandAugment at
    ``randaugment_magnitude`` 0 … 30 (0 operations: none). With ``mix_probability`` a batch is mixed with itself by
    mixup or CutMix, whichever has an alpha above 0 (only where the whole network is trained)."""

    crop_min_area: float = 0.35
    crop_max_ratio: float = 1.3333
    flip_probability: float = 0.5
    brightness: float = 0.3
    contrast: float = 0.3
    saturation: float = 0.3
    low_resolution_probability: float = 0.5
    low_resolution_min_side: int = 64
    jpeg_probability: float = 0.3
    jpeg_min_quality: int = 40
    affine_degrees: float = 0.0
    affine_shear: float = 0.0
    randaugment_ops: int = 0
    randaugment_magnitude: int = 9
    mixup_alpha: float = 0.0
    cutmix_alpha: float = 0.0
    mix_probability: float = 0.5

    def __post_init__(self) -> None:
        for name in ("flip_probability", "low_resolution_probability", "jpeg_probability", "mix_probability"):
            _require(0.0 <= getattr(self, name) <= 1.0, f"{name} must be in [0, 1]")
        for name in ("brightness", "contrast", "saturation"):
            _require(0.0 <= getattr(self, name) < 1.0, f"{name} must be in [0, 1)")
        _require(0.0 < self.crop_min_area <= 1.0, "crop_min_area must be in (0, 1]")
        _require(self.crop_max_ratio >= 1.0, "crop_max_ratio must be at least 1")
        _require(self.low_resolution_min_side >= 8, "low_resolution_min_side must be at least 8")
        _require(1 <= self.jpeg_min_quality <= 95, "jpeg_min_quality must be in [1, 95]")
        _require(0.0 <= self.affine_degrees <= 180.0, "affine_degrees must be in [0, 180]")
        _require(0.0 <= self.affine_shear < 90.0, "affine_shear must be in [0, 90)")
        _require(self.mixup_alpha >= 0.0, "mixup_alpha must not be negative")
        _require(self.cutmix_alpha >= 0.0, "cutmix_alpha must not be negative")
        _require(self.randaugment_ops >= 0, "randaugment_ops must not be negative")
        _require(0 <= self.randaugment_magnitude <= 30, "randaugment_magnitude must be in [0, 30]")


@dataclass(frozen=True, slots=True)
class FeaturesConfig:
    """The cache of the frozen backbone's features: ``views`` random views of every training photo, with ``plain_views``
    also the photo as the app shows it to the model (and reduced, where the model has a second view), computed
    ``batch_size`` photos at a time by ``engine``. ONNX Runtime is two to three times as fast as PyTorch on a CPU."""

    views: int = 8
    plain_views: bool = True
    batch_size: int = 4
    engine: Literal["onnxruntime", "torch"] = "onnxruntime"

    def __post_init__(self) -> None:
        _require(self.views >= 1, "views must be at least 1")
        _require(self.batch_size >= 1, "batch_size must be at least 1")


@dataclass(frozen=True, slots=True)
class OptimConfig:
    """How the loss is lowered.

    ``warmup_epochs`` and ``epochs`` count passes over the training photos; ``batch_size`` is per process;
    ``schedule`` is half a cosine down to zero after the warm-up, or ``plateau``: the rate is multiplied by
    ``plateau_factor`` when the validation loss has not fallen for ``plateau_patience`` validations. ``momentum`` is of
    SGD. ``clip_norm`` limits the gradient's length (0: no limit). ``ema_decay`` keeps a moving average of the weights,
    which is what is validated and shipped (0: none). ``early_stopping`` ends the training when the validation loss has
    not fallen for so many validations (0: never); there is one every ``validate_every`` epochs. ``label_smoothing`` is
    the share of the target spread over all classes. ``background_loss``: photos of no landmark are one more ``class``,
    or ``uniform``: outlier exposure, where the landmarks should be equally probable for them, weighted by
    ``uniform_weight``. ``mixed_precision``: bfloat16 or float16 where the device is fast with it (``auto``: CUDA).
    """

    optimizer: Literal["adamw", "adam", "sgd"] = "adamw"
    epochs: int = 60
    batch_size: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 0.01
    momentum: float = 0.9
    schedule: Literal["cosine", "plateau"] = "cosine"
    warmup_epochs: float = 1.0
    plateau_factor: float = 0.3
    plateau_patience: int = 3
    clip_norm: float = 0.0
    ema_decay: float = 0.0
    early_stopping: int = 0
    validate_every: int = 1
    label_smoothing: float = 0.0
    background_loss: Literal["class", "uniform"] = "class"
    uniform_weight: float = 0.5
    mixed_precision: Literal["auto", "on", "off"] = "auto"

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "validate_every", "plateau_patience"):
            _require(getattr(self, name) >= 1, f"{name} must be at least 1")
        for name in ("weight_decay", "clip_norm", "early_stopping", "uniform_weight"):
            _require(getattr(self, name) >= 0, f"{name} must not be negative")
        for name in ("label_smoothing", "momentum", "ema_decay"):
            _require(0.0 <= getattr(self, name) < 1.0, f"{name} must be in [0, 1)")
        _require(self.learning_rate > 0.0, "learning_rate must be positive")
        _require(0.0 < self.plateau_factor < 1.0, "plateau_factor must be in (0, 1)")
        _require(0.0 <= self.warmup_epochs < self.epochs, "warmup_epochs must be in [0, epochs)")


@dataclass(frozen=True, slots=True)
class FinetuneConfig:
    """How a backbone that is not frozen is trained. A backbone is a chain of stages, the first one nearest to the
    photo.

    The first ``frozen_stages`` are never trained. The others start frozen for ``head_epochs`` and then join from the
    last to the first, one every ``unfreeze_every`` epochs (0: all at once). The last stage learns with
    ``optim.learning_rate`` times ``backbone_rate``, every stage before it with ``stage_decay`` times the rate of the
    next. ``batch_norm`` says whether batch norm's statistics follow the training photos; if not they stay as
    pretrained, which is right for short training and small batches. Training views are ``first_size`` pixels wide and
    high in the first epoch and grow to ``last_size`` (0: the input's size), in steps of the backbone's stride.
    """

    frozen_stages: int = 0
    head_epochs: int = 0
    unfreeze_every: float = 0.0
    backbone_rate: float = 0.1
    stage_decay: float = 1.0
    batch_norm: bool = True
    first_size: int = 0
    last_size: int = 0

    def __post_init__(self) -> None:
        for name in ("frozen_stages", "head_epochs", "unfreeze_every", "first_size", "last_size"):
            _require(getattr(self, name) >= 0, f"{name} must not be negative")
        for name in ("backbone_rate", "stage_decay"):
            _require(0.0 < getattr(self, name) <= 1.0, f"{name} must be in (0, 1]")


@dataclass(frozen=True, slots=True)
class NoveltyConfig:
    """How photos that show no known landmark are told from the others. ``score`` is one of the novelty scores, or
    ``auto``: the best on the validation photos, ``judged_by`` the AUROC against photos of ``none``, against those of
    ``left_out`` landmarks, or the ``mean`` of both. ``components`` is the size of the linear autoencoder's code;
    ``autoencoder_photos`` so many training photos of landmarks train the convolutional one (0: there is none) for
    ``autoencoder_epochs``."""

    score: Literal[
        "auto",
        "background",
        "confidence",
        "energy",
        "max_logit",
        "prototype",
        "linear_autoencoder",
        "conv_autoencoder",
        "combination",
    ] = "auto"
    judged_by: Literal["none", "left_out", "mean"] = "mean"
    components: int = 256
    autoencoder_photos: int = 2000
    autoencoder_epochs: int = 30

    def __post_init__(self) -> None:
        _require(self.components >= 1, "components must be at least 1")
        _require(self.autoencoder_photos >= 0, "autoencoder_photos must not be negative")
        _require(self.autoencoder_epochs >= 1, "autoencoder_epochs must be at least 1")
        _require(
            self.score != "conv_autoencoder" or self.autoencoder_photos > 0,
            'score = "conv_autoencoder" needs autoencoder_photos',
        )


@dataclass(frozen=True, slots=True)
class MemoryConfig:
    """The memory of training photos, see :class:`trainer.memory.Memory`: up to ``photos`` of each class in
    ``dimensions`` numbers each (0: there is none)."""

    dimensions: int = 0
    photos: int = 128

    def __post_init__(self) -> None:
        _require(self.dimensions >= 0, "dimensions must not be negative")
        _require(self.photos >= 1, "photos must be at least 1")


@dataclass(frozen=True, slots=True)
class CalibrationConfig:
    """How the verdict thresholds are chosen on the validation photos: at least ``target_precision`` of the photos with
    the verdict ``landmark`` must be right, at most ``max_background`` of the photos without a landmark and
    ``max_left_out`` of the photos of left-out landmarks may get it, each shown with ``confidence``; the novelty limit
    and the reject threshold each may cost at most ``max_right_lost`` of the right guesses. The accept threshold is
    never below ``min_accept``, for what other runs have taught.

    Of a model with two views, ``second_view_share`` is the second view's share in the logits, and
    ``second_view_share_small`` that in the logits of landmarks of which nine in ten training photos are small: sharp
    photos cannot have taught the model anything about those but that they are other landmarks."""

    target_precision: float = 0.99
    max_background: float = 0.01
    max_left_out: float = 0.03
    confidence: float = 0.8
    max_right_lost: float = 0.005
    min_accept: float = 0.0
    second_view_share: float = 0.5
    second_view_share_small: float = 0.5

    def __post_init__(self) -> None:
        for name in ("target_precision", "max_background", "max_left_out", "confidence", "max_right_lost"):
            _require(0.0 < getattr(self, name) < 1.0, f"{name} must be in (0, 1)")
        for name in ("min_accept", "second_view_share", "second_view_share_small"):
            _require(0.0 <= getattr(self, name) <= 1.0, f"{name} must be in [0, 1]")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """``seed`` of everything random; ``threads`` for computing and reading (0: as many as there are processors);
    ``max_batches`` stops every epoch and the feature cache after so many batches (0: no limit), to try things out;
    ``device`` computes (``auto``: CUDA where there is one)."""

    seed: int = 1
    threads: int = 0
    max_batches: int = 0
    device: Literal["auto", "cpu", "cuda"] = "auto"

    def __post_init__(self) -> None:
        _require(self.seed >= 0, "seed must not be negative")
        _require(self.threads >= 0, "threads must not be negative")
        _require(self.max_batches >= 0, "max_batches must not be negative")


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; each field is a table of the TOML file."""

    data: DataConfig = DataConfig()
    input: InputConfig = InputConfig()
    model: ModelConfig = ModelConfig()
    augment: AugmentConfig = AugmentConfig()
    features: FeaturesConfig = FeaturesConfig()
    optim: OptimConfig = OptimConfig()
    finetune: FinetuneConfig = FinetuneConfig()
    memory: MemoryConfig = MemoryConfig()
    novelty: NoveltyConfig = NoveltyConfig()
    calibration: CalibrationConfig = CalibrationConfig()
    run: RunConfig = RunConfig()


def load_config(file: Path | None, overrides: Sequence[str] = ()) -> Config:
    """Return the defaults, overlaid with a TOML file and then with ``section.key=value`` texts (values in TOML syntax;
    what is no TOML value is taken as text).

    Raises:
        TrainerError: the file is missing or no TOML, or a key or value is wrong.
    """
    table: dict[str, Any] = {}
    if file is not None:
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise TrainerError(f"The configuration {file} cannot be read: {error.strerror}", REMEDY) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TrainerError(f"The configuration {file} is no valid TOML: {error}", REMEDY) from error
    for text in overrides:
        _override(table, text)
    return from_table(Config, table)


def _override(table: dict[str, Any], text: str) -> None:
    key, equals, raw = text.partition("=")
    parts = key.strip().split(".")
    if not equals or len(parts) < 2 or not all(parts):
        raise TrainerError(f"{text!r} is not of the form section.key=value", "For example: --set optim.epochs=20")
    try:
        value = tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        value = raw.strip()
    for part in parts[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            raise TrainerError(f"{key!r} is no key of the configuration", REMEDY)
    table[parts[-1]] = value


def from_table(kind: type[T], table: Mapping[str, Any], where: str = "") -> T:
    """Build a configuration dataclass from a TOML table, strictly.

    Raises:
        TrainerError: an unknown key, a value of a wrong type or out of range; the text names the key.
    """
    types_by_name = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{where}.{key}" if where else key
        if key not in types_by_name:
            known = ", ".join(types_by_name)
            raise TrainerError(f"The configuration has no key {path!r} (known here: {known})", REMEDY)
        values[key] = _convert(value, types_by_name[key], path)
    try:
        return kind(**values)
    except ValueError as error:
        raise TrainerError(f"Configuration [{where or 'top'}]: {error}", REMEDY) from error


def _convert(value: Any, wanted: Any, path: str) -> Any:
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        if not isinstance(value, Mapping):
            raise TrainerError(f"{path!r} must be a table", REMEDY)
        return from_table(wanted, value, path)
    origin = typing.get_origin(wanted)
    if origin is Literal:
        choices = typing.get_args(wanted)
        if value not in choices:
            raise TrainerError(f"{path!r} must be one of {', '.join(map(str, choices))}, not {value!r}", REMEDY)
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise TrainerError(f"{path!r} must be a list, not {value!r}", REMEDY)
        kind_of_item = typing.get_args(wanted)[0]
        return tuple(_convert(item, kind_of_item, f"{path}[{position}]") for position, item in enumerate(value))
    kind = origin if isinstance(origin, type) else wanted  # Mapping[str, Any] is checked as a Mapping
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TrainerError(f"{path!r} must be of type {getattr(kind, '__name__', kind)}, not {value!r}", REMEDY)
    return value


def to_table(config: Any) -> dict[str, Any]:
    """Return a configuration as plain nested tables, the opposite of :func:`from_table`."""
    return {
        item.name: to_table(value) if dataclasses.is_dataclass(value) else _plain(value)
        for item in dataclasses.fields(config)
        for value in (getattr(config, item.name),)
    }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def to_toml(config: Config) -> str:
    """Return the configuration as a TOML document that :func:`load_config` reads back equal."""
    lines: list[str] = []

    def write(table: Mapping[str, Any], path: str) -> None:
        lines.append(f"[{path}]")
        lines.extend(f"{key} = {_toml_value(value)}" for key, value in table.items() if not isinstance(value, Mapping))
        lines.append("")
        for key, value in table.items():
            if isinstance(value, Mapping) and value:
                write(value, f"{path}.{key}")

    for section, table in to_table(config).items():
        write(table, section)
    return "\n".join(lines)


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(
            f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
            for char in value.replace("\\", "\\\\").replace('"', '\\"')
        )
        return f'"{escaped}"'
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    raise TypeError(f"no TOML for {type(value).__name__}")
