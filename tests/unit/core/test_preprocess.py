"""The one preprocessing, pinned to the byte: a change of one pixel would change every confidence."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from landmark_desktop.core import preprocess as module
from landmark_desktop.core.preprocess import (
    InputSpec,
    Interpolation,
    fitted_size,
    preprocess,
    resize_shorter_side,
    resized_size,
    seen_part,
)

SPEC = InputSpec(height=48, width=64, resize_shorter_side=80)


def drawn(width: int, height: int) -> Image.Image:
    """Ramps, a checkerboard and a disc, from whole numbers only: the same pixels on every machine."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x // (width - 1)
    green = np.where((x // 7 + y // 5) % 2, 230, 25)
    blue = np.where(
        (x - width // 2) ** 2 + (y - height // 2) ** 2 < (min(width, height) // 3) ** 2, 200, 255 * y // height
    )
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


@pytest.mark.parametrize(
    ("interpolation", "size", "sha256", "top_left", "centre", "bottom_right"),
    [
        (
            "bicubic",
            (301, 200),
            "3c1e6c202a612bd20ed4c11e0a4b80ba1233d44d071ad36ebb7d59f405e1b374",
            (60, 42, 52),
            (128, 226, 200),
            (194, 213, 201),
        ),
        (
            "bicubic",
            (150, 233),
            "b0851914eba95210afacd8faa9b1e3687bbced7754cafaff0ffb451f854eec4e",
            (26, 5, 78),
            (129, 234, 200),
            (228, 192, 175),
        ),
        (
            "bicubic",
            (50, 40),
            "4fc8b32656b7eee8fbee6beb47821cf73a5051107871c25974fcff74f76ee7aa",
            (45, 25, 49),
            (129, 188, 200),
            (209, 235, 199),
        ),
        (
            "bilinear",
            (301, 200),
            "842a2343743b8320e7fa9d932b184bf0da7b36ad56d7aa3bf541dbe08ca28836",
            (60, 62, 52),
            (128, 205, 200),
            (194, 193, 201),
        ),
        (
            "bilinear",
            (150, 233),
            "87e304a51ea45c2992f0b6a16787623c06214cbaf495915bc2830a6a3b6d8a91",
            (26, 25, 78),
            (129, 212, 200),
            (228, 177, 175),
        ),
        (
            "bilinear",
            (50, 40),
            "5881a65fdb8cedef5aadb857732ca592fb9f6d5eb91c89efcf710f25ae1c8bcf",
            (45, 25, 49),
            (129, 179, 200),
            (209, 230, 199),
        ),
    ],
    ids=["bicubic-wide", "bicubic-tall", "bicubic-enlarged", "bilinear-wide", "bilinear-tall", "bilinear-enlarged"],
)
def test_golden_output(
    interpolation: Interpolation,
    size: tuple[int, int],
    sha256: str,
    top_left: tuple[int, int, int],
    centre: tuple[int, int, int],
    bottom_right: tuple[int, int, int],
) -> None:
    # Must never change: models are trained on this output. A new preprocessing is a new bundle schema.
    output = preprocess(drawn(*size), InputSpec(48, 64, 80, interpolation))
    assert (tuple(output[0, 0]), tuple(output[24, 32]), tuple(output[-1, -1])) == (top_left, centre, bottom_right)
    assert hashlib.sha256(output.tobytes()).hexdigest() == sha256


@pytest.mark.parametrize("size", [(300, 200), (200, 300), (80, 80), (64, 48), (1, 1), (3, 2000), (5000, 20)])
def test_output_has_the_models_shape_whatever_the_pictures_is(size: tuple[int, int]) -> None:
    output = preprocess(Image.new("RGB", size, (10, 20, 30)), SPEC)
    assert (output.shape, output.dtype) == ((48, 64, 3), np.uint8)
    assert (output == (10, 20, 30)).all()  # a plain picture stays plain, up to the edges


def test_a_picture_of_the_right_size_is_cut_out_of_the_centre_pixel_for_pixel() -> None:
    picture = drawn(101, 80)
    expected = np.asarray(picture)[(80 - 48) // 2 :, (101 - 64) // 2 :][:48, :64]
    assert np.array_equal(preprocess(picture, SPEC), expected)


@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_shrinking_is_antialiased(interpolation: Interpolation) -> None:
    # Single-pixel stripes, four to one: without antialiasing they would come out black, white or striped.
    stripes = np.zeros((320, 320, 3), np.uint8)
    stripes[:, ::2] = 255
    output = preprocess(Image.fromarray(stripes), InputSpec(60, 60, 80, interpolation))
    assert np.abs(output.astype(int) - 127).max() <= 2


def test_a_ramp_stays_a_ramp() -> None:
    # Twice as large as needed: pixel i of the resized ramp lies between 2i and 2i + 1.
    ramp = np.repeat(np.arange(0, 240, dtype=np.uint8)[None, :], 160, axis=0)
    picture = Image.fromarray(np.stack([ramp] * 3, axis=2))
    output = preprocess(picture, InputSpec(48, 64, 80, "bilinear"))
    expected = 2 * np.arange(64) + 0.5 + 2 * ((120 - 64) // 2)
    assert np.abs(output[24, :, 0] - expected).max() <= 0.5


def test_the_interpolations_differ() -> None:
    outputs = {i: preprocess(drawn(300, 200), InputSpec(48, 64, 80, i)) for i in ("bilinear", "bicubic")}
    assert not np.array_equal(outputs["bilinear"], outputs["bicubic"])


def test_strips_are_cropped_before_they_are_resized(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    resize = module._resize

    def spy(image: Image.Image, size: tuple[int, int], interpolation: Interpolation) -> Image.Image:
        sizes.append(size)
        return resize(image, size, interpolation)

    monkeypatch.setattr(module, "_resize", spy)
    strip = np.zeros((30_000, 10, 3), np.uint8)
    strip[14_900:15_100] = 200
    for picture in (Image.fromarray(strip), Image.fromarray(strip.transpose(1, 0, 2))):
        assert (preprocess(picture, InputSpec(64, 64, 80)) == 200).all()  # the centre is what is kept
    assert sizes == [(80, 320), (320, 80)]


def test_cropping_a_strip_changes_nothing_but_the_work() -> None:
    picture = drawn(40, 400)
    spec = InputSpec(64, 64, 80)
    whole = np.asarray(resize_shorter_side(picture, 80, "bicubic"))
    assert np.array_equal(preprocess(picture, spec), whole[400 - 32 : 400 + 32, 8:72])


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((300, 200), (96, 80)),  # 120 without
        ((200, 300), (80, 96)),
        ((104, 80), (83, 80)),
        ((80, 80), (80, 80)),
        ((90, 100), (80, 80)),  # 89 by shape, 71 squeezed: as much as there is of the shorter side
        ((800, 80), (640, 80)),
    ],
)
def test_the_longer_side_is_squeezed_though_never_below_the_input(
    size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    assert fitted_size(*size, InputSpec(80, 80, 80, squeeze=1.25)) == fitted
    assert fitted_size(*size, InputSpec(80, 80, 80)) == resized_size(*size, 80)


def test_a_squeezed_picture_shows_more_of_the_longer_side() -> None:
    picture = Image.new("RGB", (400, 200))
    picture.paste((255, 255, 255), (120, 0, 280, 200))  # 160 of 400 columns
    shares = [
        float((preprocess(picture, InputSpec(64, 64, 64, squeeze=squeeze))[32, :, 0] > 127).mean())
        for squeeze in (1.0, 1.6)
    ]
    assert shares == pytest.approx([160 / 200, 160 / 320], abs=0.02)
    flat = preprocess(picture.transpose(Image.Transpose.ROTATE_90), InputSpec(64, 64, 64, squeeze=1.6))
    assert float((flat[:, 32, 0] > 127).mean()) == pytest.approx(160 / 320, abs=0.02)


@pytest.mark.parametrize("squeeze", [0.99, 2.01, float("nan")])
def test_impossible_squeezes_are_refused(squeeze: float) -> None:
    with pytest.raises(ValueError, match="squeeze"):
        InputSpec(32, 32, 32, squeeze=squeeze)


@pytest.mark.parametrize("mode", ["L", "RGBA", "CMYK", "P", "1", "I;16", "F"])
def test_other_pictures_than_rgb_are_refused(mode: str) -> None:
    with pytest.raises(ValueError, match=f"not {mode}"):
        preprocess(Image.new(mode, (100, 100)), SPEC)


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.integers(1, 600))
def test_the_shorter_side_is_met_and_the_shape_kept(width: int, height: int, shorter: int) -> None:
    new_width, new_height = resized_size(width, height, shorter)
    assert min(new_width, new_height) == shorter
    assert (new_width, new_height) == resized_size(height, width, shorter)[::-1]
    assert abs(max(new_width, new_height) - max(width, height) * shorter / min(width, height)) <= 0.5 + 1e-6


def test_sizes_are_rounded_half_up() -> None:
    assert resized_size(3, 2, 5) == (8, 5)  # 7.5
    assert resized_size(2, 5, 1) == (1, 3)  # 2.5


def test_nothing_is_resampled_where_the_size_is_right() -> None:
    picture = drawn(120, 80)
    assert resize_shorter_side(picture, 80, "bicubic") is picture


@pytest.mark.parametrize(
    ("height", "width", "shorter"), [(0, 32, 32), (32, 0, 32), (-1, 32, 32), (33, 32, 32), (32, 33, 32), (32, 32, 0)]
)
def test_impossible_input_sizes_are_refused(height: int, width: int, shorter: int) -> None:
    with pytest.raises(ValueError, match="impossible input size"):
        InputSpec(height, width, shorter)


def test_an_unknown_interpolation_is_refused() -> None:
    with pytest.raises(ValueError, match="nearest"):
        InputSpec(32, 32, 32, "nearest")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "squeeze", "wanted"),
    [
        ((80, 80), 1.0, (0.1, 0.2, 0.9, 0.8)),  # 64 × 48 of 80 × 80
        ((160, 80), 1.0, (0.3, 0.2, 0.7, 0.8)),
        ((160, 80), 1.25, (0.25, 0.2, 0.75, 0.8)),  # 160 wide made 128
        ((4000, 8000), 1.0, (0.1, 0.35, 0.9, 0.65)),
    ],
)
def test_the_part_that_the_model_sees_is_the_centre(
    size: tuple[int, int], squeeze: float, wanted: tuple[float, float, float, float]
) -> None:
    spec = InputSpec(height=48, width=64, resize_shorter_side=80, squeeze=squeeze)
    assert seen_part(*size, spec) == pytest.approx(wanted)
