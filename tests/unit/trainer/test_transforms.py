"""Transforms: evaluation equals the app's preprocessing, training is random but repeatable."""

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.core.preprocess import InputSpec, preprocess
from tests.pictures import scene
from trainer.config import AugmentConfig
from trainer.randaugment import OPERATIONS
from trainer.transforms import EvalTransform, TrainTransform, view_rng

SPEC = InputSpec(48, 64, 72)
STILL = AugmentConfig(
    crop_min_area=1.0,
    crop_max_ratio=1.0,
    flip_probability=0.0,
    brightness=0.0,
    contrast=0.0,
    saturation=0.0,
    low_resolution_probability=0.0,
    jpeg_probability=0.0,
)


@pytest.mark.parametrize("size", [(640, 480), (30, 200), (64, 64), (1000, 73)])
def test_evaluation_equals_the_apps_preprocessing_to_the_pixel(size: tuple[int, int]) -> None:
    picture = scene(*size, seed=3)
    assert np.array_equal(EvalTransform(SPEC)(picture), preprocess(picture, SPEC))


def test_evaluation_in_low_resolution_loses_detail_and_keeps_the_shape() -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8))
    sharp, soft = EvalTransform(SPEC)(noise), EvalTransform(SPEC, 16)(noise)
    assert soft.shape == sharp.shape == (48, 64, 3)
    assert soft.astype(float).std() < 0.5 * sharp.astype(float).std()


def test_a_training_view_has_the_models_shape_and_repeats() -> None:
    transform = TrainTransform(SPEC, AugmentConfig())
    picture = scene(300, 200)
    for index in range(20):
        first = transform(picture, view_rng(1, 0, index))
        assert first.shape == (48, 64, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, transform(picture, view_rng(1, 0, index)))


def test_views_differ_by_seed_view_and_photo() -> None:
    transform = TrainTransform(SPEC, AugmentConfig())
    picture = scene(300, 200)
    views = [transform(picture, view_rng(*key)) for key in ((1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1))]
    assert len({view.tobytes() for view in views}) == 4


def test_without_augmentation_the_whole_picture_remains() -> None:
    picture = scene(64, 48, seed=5)
    assert np.array_equal(TrainTransform(SPEC, STILL)(picture, view_rng(1, 0, 0)), np.asarray(picture))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"flip_probability": 1.0}, lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        ({"low_resolution_probability": 1.0, "low_resolution_min_side": 8}, None),
        ({"jpeg_probability": 1.0, "jpeg_min_quality": 10}, None),
        ({"brightness": 0.9}, None),
        ({"contrast": 0.9}, None),
        ({"saturation": 0.9}, None),
        ({"crop_min_area": 0.2}, None),
        ({"crop_max_ratio": 2.0}, None),
        ({"affine_degrees": 45.0}, None),
        ({"affine_shear": 30.0}, None),
        ({"randaugment_ops": 3, "randaugment_magnitude": 30}, None),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_augmentation_changes_the_picture(change: dict[str, float], expected: object) -> None:
    picture = scene(64, 48, seed=5)
    config = AugmentConfig(**{**{name: getattr(STILL, name) for name in AugmentConfig.__slots__}, **change})
    view = TrainTransform(SPEC, config)(picture, view_rng(1, 0, 3))
    assert not np.array_equal(view, np.asarray(picture))
    if callable(expected):
        assert np.array_equal(view, np.asarray(expected(picture)))


def test_low_resolution_never_goes_below_its_smallest_side() -> None:
    config = AugmentConfig(
        **{
            **{name: getattr(STILL, name) for name in AugmentConfig.__slots__},
            "low_resolution_probability": 1.0,
            "low_resolution_min_side": 48,
        }
    )
    picture = scene(64, 48, seed=5)
    assert np.array_equal(TrainTransform(SPEC, config)(picture, view_rng(1, 0, 0)), np.asarray(picture))


def test_an_affine_turns_about_the_centre() -> None:
    white = Image.new("RGB", (64, 48), "white")
    for x in range(28, 36):
        for y in range(20, 28):
            white.putpixel((x, y), (0, 0, 0))
    config = AugmentConfig(
        **{**{name: getattr(STILL, name) for name in AugmentConfig.__slots__}, "affine_degrees": 180.0}
    )
    for seed in range(5):
        view = TrainTransform(SPEC, config)(white, view_rng(seed, 0, 0))
        assert view[22:26, 30:34].max() < 20, "the centre stays where it is"


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_every_operation_of_randaugment_keeps_the_shape(name: str, sign: float) -> None:
    picture = scene(64, 48, seed=5)
    strong = OPERATIONS[name](picture, sign)
    assert (strong.size, strong.mode) == (picture.size, "RGB")
    if name not in ("identity", "auto_contrast"):
        assert not np.array_equal(np.asarray(strong), np.asarray(picture))


def test_randaugment_without_magnitude_moves_nothing() -> None:
    picture = scene(64, 48, seed=5)
    for name in ("shear_x", "shear_y", "translate_x", "translate_y", "rotate", "brightness", "sharpness", "posterise"):
        assert np.array_equal(np.asarray(OPERATIONS[name](picture, 0.0)), np.asarray(picture)), name
