"""Outfit measures against numbers worked out by hand."""

import numpy as np
import pytest

from armoire.evaluation.diversity import coverage, gini, intra_list_distance, outfit_distance
from armoire.evaluation.outfit_metrics import fitb_credit, mean_pairwise, rank_answers, roc_auc


def test_fitb_shares_the_credit_of_a_tie():
    scores = np.array(
        [
            [0.9, 0.1, 0.2, 0.3],  # right alone: 1
            [0.5, 0.5, 0.2, 0.5],  # one of three best: 1/3
            [0.5, 0.9, 0.2, 0.5],  # beaten: 0
            [0.7, 0.7, 0.7, 0.7],  # all alike: chance, 1/4
            [0.4, 0.2, -np.inf, -np.inf],  # two candidates only: 1
        ]
    )
    credit = fitb_credit(scores, np.zeros(5, int))
    np.testing.assert_allclose(credit, [1, 1 / 3, 0, 1 / 4, 1])
    # The right answer is wherever it is said to be.
    np.testing.assert_allclose(fitb_credit(scores[[0, 2]], np.array([3, 1])), [0, 1])


def test_fitb_refuses_scores_that_are_none():
    with pytest.raises(ValueError, match="not a number"):
        fitb_credit(np.array([[0.1, np.nan]]), np.array([0]))
    with pytest.raises(ValueError, match="no score"):
        fitb_credit(np.array([[0.1, -np.inf]]), np.array([1]))


def test_an_outfit_scores_the_mean_of_its_pairs():
    # Pairs 0-1, 0-2, 1-2: (1 + 2 + 6) / 3; the diagonal and the lower half do not count.
    assert mean_pairwise(np.array([[9, 1, 2], [9, 9, 6], [9, 9, 9]])) == 3
    assert np.isnan(mean_pairwise(np.zeros((1, 1))))


def test_auc_counts_pairs_and_halves_ties():
    # Positives .9 .5 .3, negatives .5 .1: of six pairs won 1+1, tied .5, won 1, lost 0, won 1.
    scores, labels = np.array([0.9, 0.5, 0.3, 0.5, 0.1]), np.array([1, 1, 1, 0, 0])
    assert roc_auc(scores, labels)[0] == pytest.approx(4.5 / 6)
    assert roc_auc(-scores, labels)[0] == pytest.approx(1.5 / 6)
    assert np.isnan(roc_auc(scores, np.ones(5))[0])
    assert np.isnan(roc_auc(np.zeros(0), np.zeros(0))[0])
    # Outfits that cannot be scored tie at the bottom.
    assert roc_auc(np.array([-np.inf, -np.inf, 1]), np.array([1, 0, 1]))[0] == 0.75


def test_auc_weights_are_repetitions():
    scores, labels = np.array([0.9, 0.5, 0.3, 0.5, 0.1]), np.array([1, 1, 1, 0, 0])
    weights = np.array([[1.0, 0, 2, 3, 1], [0, 0, 0, 1, 1]])
    row = np.repeat(np.arange(5), weights[0].astype(int))
    found = roc_auc(scores, labels, weights)
    assert found[0] == pytest.approx(roc_auc(scores[row], labels[row])[0])
    assert np.isnan(found[1])


def test_auc_agrees_with_the_definition_on_many_ties():
    rng = np.random.default_rng(0)
    scores, labels = rng.integers(0, 5, 60) / 4, rng.integers(0, 2, 60)
    over = scores[labels == 1][:, None] - scores[labels == 0][None]
    assert roc_auc(scores, labels)[0] == pytest.approx(((over > 0) + 0.5 * (over == 0)).mean())


def test_recall_gives_ties_what_a_fair_draw_would():
    scores = np.array(
        [
            [0.9, 0.8, 0.7, 0.1],  # the answer (column 2) is third
            [0.9, 0.5, 0.5, 0.5],  # one better, three alike: places 2 to 4
            [0.1, 0.1, 0.2, 0.1],  # first
        ]
    )
    ranks = rank_answers(scores, np.full(3, 2))
    assert ranks.better.tolist() == [2, 1, 0]
    assert ranks.tied.tolist() == [1, 3, 1]
    np.testing.assert_allclose(ranks.recall_credit(1), [0, 0, 1])
    np.testing.assert_allclose(ranks.recall_credit(2), [0, 1 / 3, 1])
    np.testing.assert_allclose(ranks.recall_credit(3), [1, 2 / 3, 1])
    np.testing.assert_allclose(ranks.recall_credit(30), [1, 1, 1])


def test_distance_of_outfits_takes_the_best_match_both_ways():
    x, y = np.array([1.0, 0]), np.array([0, 1.0])
    tilted = np.array([0.6, 0.8])
    # To the right: x→x 1, y→tilted .8: mean .9. Back: x→x 1, tilted→y .8: mean .9.
    assert outfit_distance(np.stack([x, y]), np.stack([x, tilted])) == pytest.approx(0.1)
    # x→x 1. Back: x→x 1, y→x 0: mean .5. Together .75.
    assert outfit_distance(x[None], np.stack([x, y])) == pytest.approx(0.25)
    # Pairs: same 0, other .25, other .25.
    both = np.stack([x, y])
    assert intra_list_distance([x[None], x[None], both]) == pytest.approx(0.5 / 3)
    assert np.isnan(intra_list_distance([both]))


def test_coverage_and_gini():
    assert coverage(np.array([0, 3, 1, 0])) == 0.5
    assert gini(np.array([2, 2, 2])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 7])) == pytest.approx(3 / 4)
    # Mean absolute difference of 1, 2, 3 over all nine pairs is 8/9; over twice the mean: 2/9.
    assert gini(np.array([3, 1, 2])) == pytest.approx(2 / 9)
    assert np.isnan(gini(np.zeros(3)))
