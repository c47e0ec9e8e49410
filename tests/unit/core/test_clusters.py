"""Positions that are close become one cluster, whatever else is on the map."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from landmark_desktop.core.clusters import centres, cluster

Points = list[tuple[float, float]]


def labels_of(points: Points, distance: float, weights: list[float] | None = None) -> NDArray[np.int32]:
    x, y = np.array(points, np.float64).reshape(-1, 2).T
    return cluster(x, y, np.array(weights or [1.0] * len(points)), distance)


def test_nothing_makes_no_clusters() -> None:
    assert labels_of([], 0.1).tolist() == []


def test_close_positions_are_one_and_far_ones_are_not() -> None:
    labels = labels_of([(0.5, 0.5), (0.51, 0.5), (0.9, 0.1)], 0.05)
    assert labels[0] == labels[1] != labels[2]


def test_close_positions_in_two_cells_of_the_grid_are_one() -> None:
    labels = labels_of([(0.0999, 0.2999), (0.1001, 0.3001)], 0.1)
    assert labels[0] == labels[1]


def test_the_lighter_one_joins_the_heaviest_nearby() -> None:
    points = [(0.101, 0.5), (0.198, 0.5), (0.29, 0.5)]  # the middle one is close to both
    labels = labels_of(points, 0.099, [5.0, 1.0, 9.0])
    assert labels[1] == labels[2] != labels[0]


def test_the_centre_lies_where_the_weight_is() -> None:
    x, y, weight = np.array([0.0, 1.0]), np.array([0.0, 0.5]), np.array([3.0, 1.0])
    at_x, at_y, total = centres(np.array([0, 0], np.int32), x, y, weight)
    assert (at_x.tolist(), at_y.tolist(), total.tolist()) == ([0.25], [0.125], [4.0])


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60),
    st.sampled_from([0.001, 0.02, 0.1, 0.4]),
)
def test_every_position_has_a_cluster_and_no_cluster_is_empty(points: Points, distance: float) -> None:
    labels = labels_of(points, distance)
    assert len(labels) == len(points)
    assert set(labels.tolist()) == set(range(int(labels.max()) + 1))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60))
def test_equal_positions_are_never_parted(points: Points) -> None:
    labels = labels_of(points + points, 1e-6)
    assert labels[: len(points)].tolist() == labels[len(points) :].tolist()


def test_clusters_of_many_positions_lie_apart() -> None:
    """What is drawn at a cluster must not cover its neighbour's."""
    points = np.random.default_rng(7).random((5_000, 2))
    weight = np.ones(len(points))
    labels = cluster(points[:, 0], points[:, 1], weight, 0.05)
    x, y, _ = centres(labels, points[:, 0], points[:, 1], weight)
    gaps = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(len(x))
    assert np.mean(gaps.min(axis=1) < 0.025) < 0.05
