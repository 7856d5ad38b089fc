import numpy as np
import pytest

from armoire.evaluation.reliability import (
    draw_reliability,
    expected_calibration_error,
    weighted_bins,
)
from armoire.retrieval.calibration import (
    CATEGORIES,
    Matches,
    cutoffs,
    fit_points,
    isotonic,
    score_of,
)
from armoire.retrieval.colours import replace_colour


def test_violators_are_pooled_by_weight():
    pooled = isotonic(np.array([0.1, 0.5, 0.2, 0.9]), np.array([1.0, 1.0, 2.0, 1.0]))
    assert pooled.tolist() == pytest.approx([0.1, 0.3, 0.3, 0.9])


def test_points_ascend_and_follow_the_share_that_is_right():
    rng = np.random.default_rng(1)
    cosine = rng.uniform(0, 1, 20000)
    right = rng.random(20000) < cosine**2
    xs, ys = fit_points(cosine, right, np.full(20000, 1 / 20000))
    assert (np.diff(xs) > 0).all() and (np.diff(ys) >= 0).all()
    score = score_of(np.array([0.3, 0.6, 0.9]), np.stack([xs, ys], 1).tolist())
    assert score == pytest.approx([0.09, 0.36, 0.81], abs=0.04)


def test_scores_are_linear_between_points_and_flat_outside():
    points = [[0.2, 0.1], [0.6, 0.5]]
    assert score_of(np.array([-1, 0.4, 0.9]), points).tolist() == pytest.approx([0.1, 0.3, 0.5])


def test_the_error_is_the_distance_from_what_was_promised():
    score = np.array([0.9, 0.9, 0.15, 0.15])
    right = np.array([True, False, False, False])
    weight = np.array([0.4, 0.4, 0.1, 0.1])
    assert expected_calibration_error(score, right, weight) == pytest.approx(0.8 * 0.4 + 0.2 * 0.15)
    assert weighted_bins(score, right, weight)[:, 2] == pytest.approx([0.2, 0.8])


def made(category_share, asked, queries=40, ranks=30) -> Matches:
    """Cosines fall with rank; of those at cosine c a share `category_share(c)` agree."""
    rng = np.random.default_rng(2)
    cosine = np.sort(rng.uniform(0, 1, (queries, ranks)), 1)[:, ::-1]
    agree = rng.random(cosine.shape) < category_share(cosine)
    weight = np.full(cosine.shape, 1 / cosine.size)
    return Matches(cosine, agree, np.ones_like(agree), weight, np.full(queries, asked))


def test_a_cutoff_lies_where_most_matches_are_of_another_category():
    plain = [[0.0, 0.0], [1.0, 1.0]]
    found = cutoffs(made(lambda c: c > 0.4, asked=9, ranks=200), plain)
    assert found["cutoff"] == pytest.approx(0.4, abs=0.08)
    assert set(found["cutoffByCategory"]) == set(CATEGORIES)
    # Nobody asked for trousers: the overall value stands.
    assert found["cutoffByCategory"]["trousers"] == found["cutoff"]


def test_a_cutoff_leaves_nine_in_ten_queries_ten_matches():
    never = made(lambda c: c > 2, asked=9)
    found = cutoffs(never, [[0.0, 0.0], [1.0, 1.0]])
    assert found["cutoff"] == pytest.approx(np.quantile(never.cosine[:, 9], 0.1), abs=1e-3)


def test_the_diagram_is_drawn(tmp_path):
    score, right, weight = np.array([0.2, 0.8]), np.array([False, True]), np.array([0.5, 0.5])
    draw_reliability(
        {"first page": {"score": (score, right, weight)}}, tmp_path / "made" / "some.png"
    )
    assert (tmp_path / "made" / "some.png").read_bytes()[:4] == b"\x89PNG"


def test_an_exchanged_colour_leaves_the_other_parts():
    vectors = np.full((2, 4), 0.5, np.float32)
    part = {"name": "colour", "from": 1, "to": 3, "weight": 0.25}
    changed = replace_colour(vectors, part, [0.6, 0.8])
    assert changed[0].tolist() == pytest.approx([0.5, 0.3, 0.4, 0.5])
    assert vectors[0].tolist() == [0.5] * 4
