"""The paired cluster bootstrap on data whose resamples can be counted by hand."""

from functools import partial

import numpy as np
import pytest

from armoire.evaluation import bootstrap as module
from armoire.evaluation.bootstrap import (
    bootstrap,
    draws,
    holm,
    p_value,
    percentiles,
    weighted_mean,
)
from armoire.evaluation.outfit_metrics import roc_auc


def test_clusters_are_drawn_whole():
    clusters = np.array(["b", "a", "b", "c"])
    weights = np.concatenate(list(draws(clusters, 500, seed=1)))
    assert weights.shape == (500, 4)
    np.testing.assert_array_equal(weights[:, 0], weights[:, 2])
    # Three clusters drawn three times each resample.
    assert (weights[:, [0, 1, 3]].sum(1) == 3).all()


def test_draws_do_not_depend_on_the_block(monkeypatch):
    clusters = np.arange(7)
    whole = np.concatenate(list(draws(clusters, 50, seed=3)))
    monkeypatch.setattr(module, "BLOCK", 21)
    np.testing.assert_array_equal(np.concatenate(list(draws(clusters, 50, seed=3))), whole)


def test_two_clusters_have_three_resamples():
    """Means 0 and 1: drawn twice the first (1/4), one of each (1/2), twice the second (1/4)."""
    values = np.array([0.0, 0.0, 1.0, 1.0])
    found = bootstrap({"mean": partial(weighted_mean, values)}, np.array([0, 0, 1, 1]), 4000)
    assert found.values["mean"] == 0.5
    shares = [(found.samples["mean"] == v).mean() for v in (0, 0.5, 1)]
    np.testing.assert_allclose(shares, [0.25, 0.5, 0.25], atol=0.03)
    estimate = found.estimate("mean")
    assert (estimate.low, estimate.high) == (0, 1)
    # The tails beyond 40 % hold .3 each, more than the quarter of each end.
    assert found.estimate("mean", level=0.4).low == 0.5


def test_unequal_clusters_weigh_by_their_rows():
    """Rows 3 and 1: (3 · 0 + 1) / 4 as it stands, never the mean of the clusters' means."""
    values = np.array([0.0, 0, 0, 1])
    found = bootstrap({"mean": partial(weighted_mean, values)}, np.array([0, 0, 0, 1]), 200)
    assert found.values["mean"] == 0.25
    assert set(found.samples["mean"]) == {0.0, 0.25, 1.0}


def test_a_difference_is_paired():
    """Two noisy figures that differ by .1 in every row differ by .1 in every resample."""
    rng = np.random.default_rng(0)
    values = rng.random(40)
    figures = {"a": partial(weighted_mean, values + 0.1), "b": partial(weighted_mean, values)}
    found = bootstrap(figures, np.arange(40), 300)
    gain = found.difference("a", "b")
    assert [gain.value, gain.low, gain.high] == pytest.approx([0.1, 0.1, 0.1])
    # No resample on the other side: 2 · (0 + 1) / (300 + 1).
    assert gain.p == pytest.approx(2 / 301)
    assert found.difference("b", "a").value == pytest.approx(-0.1)
    # The same seed and clusters draw the same resamples in another call.
    again = bootstrap({"b": figures["b"]}, np.arange(40), 300)
    np.testing.assert_array_equal(again.samples["b"], found.samples["b"])


def test_the_interval_of_an_auc_covers_its_value():
    rng = np.random.default_rng(1)
    labels = np.arange(200) % 2
    scores = labels + rng.normal(0, 1, 200)
    found = bootstrap({"auc": partial(roc_auc, scores, labels)}, np.arange(200), 1000)
    estimate = found.estimate("auc")
    assert estimate.low < estimate.value < estimate.high
    # Hanley and McNeil's standard error at AUC .76 with 100 and 100 is .034.
    assert estimate.high - estimate.low == pytest.approx(2 * 1.96 * 0.034, rel=0.2)


def test_undefined_resamples_are_left_out():
    """With one positive and one negative, half of the resamples lack a class."""
    found = bootstrap({"auc": partial(roc_auc, np.array([0.2, 0.7]), [0, 1])}, np.arange(2), 50)
    assert np.isnan(found.samples["auc"]).any()
    assert found.estimate("auc").low == 1
    assert np.isnan(percentiles(np.full(3, np.nan))[0])


def test_p_is_two_sided_and_at_most_one():
    # One of nine at or below 0: 2 · (1 + 1) / (9 + 1).
    assert p_value(np.array([-1.0, 1, 2, 3, 4, 5, 6, 7, 8])) == pytest.approx(0.4)
    assert p_value(np.zeros(9)) == 1


def test_holm_steps_down():
    # Sorted: .01 · 3 = .03, .02 · 2 = .04, .03 · 1 = .03 → raised to .04.
    adjusted = holm({"x": 0.03, "y": 0.01, "z": 0.02})
    assert adjusted == pytest.approx({"x": 0.04, "y": 0.03, "z": 0.04})
    assert list(adjusted) == ["x", "y", "z"]
    assert holm({"x": 0.7, "y": 0.9}) == {"x": 1.0, "y": 1.0}
    assert holm({}) == {}


def test_no_clusters_are_refused():
    with pytest.raises(ValueError, match="no clusters"):
        bootstrap({}, np.zeros(0), 10)
