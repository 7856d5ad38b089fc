"""Measures of compatibility: fill in the blank (FITB), ROC-AUC over outfits, recall@k.

Scores are "higher is better". Ties earn what a fair draw among them would on average, so that a
model that gives everything one score is at chance.
"""

from dataclasses import dataclass

import numpy as np


def mean_pairwise(scores: np.ndarray) -> float:
    """An outfit's score: the mean over its pairs i < j of scores [n, n]; NaN under two garments."""
    first, second = np.triu_indices(len(scores), 1)
    return float(scores[first, second].mean()) if len(first) else float("nan")


def fitb_credit(scores: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Scores [Q, K] of the candidates and the right one's column [Q] → credit [Q].

    1 for the best, 1/k for one of k best, otherwise 0. The mean is the FITB accuracy. Questions
    with fewer candidates are filled with -inf.
    """
    scores = np.asarray(scores, np.float64)
    if np.isnan(scores).any():
        raise ValueError("a score is not a number")
    right = scores[np.arange(len(scores)), answers]
    if np.isneginf(right).any():
        raise ValueError("the right answer has no score")
    best = scores.max(1, initial=-np.inf)
    return np.where(right == best, 1 / np.maximum((scores == best[:, None]).sum(1), 1), 0.0)


def roc_auc(
    scores: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None
) -> np.ndarray:
    """Pooled ROC-AUC of scores [N] and labels [N] (0, 1) under weights [B, N] → [B].

    The probability that a positive scores above a negative, ties counted half; NaN where a class
    has no weight. Without weights all rows count alike and B is 1.
    """
    scores, labels = np.asarray(scores, np.float64), np.asarray(labels, bool)
    if np.isnan(scores).any():
        raise ValueError("a score is not a number")
    weights = np.ones((1, len(scores))) if weights is None else weights
    order = np.argsort(scores, kind="stable")
    if not len(order):
        return np.full(len(weights), np.nan)
    ranked, is_positive, sorted_scores = weights[:, order], labels[order], scores[order]
    starts = np.flatnonzero(np.append(True, sorted_scores[1:] != sorted_scores[:-1]))
    positive = np.add.reduceat(ranked * is_positive, starts, axis=1)
    negative = np.add.reduceat(ranked * ~is_positive, starts, axis=1)
    below = negative.cumsum(1) - negative / 2
    pairs = positive.sum(1) * negative.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (positive * below).sum(1) / pairs


@dataclass(frozen=True)
class Ranks:
    """For each query [Q] how many of the gallery score above its answer, and how many alike.

    `tied` counts the answer itself, so it is at least 1.
    """

    better: np.ndarray
    tied: np.ndarray

    def recall_credit(self, k: int) -> np.ndarray:
        """Credit [Q]: 1 if the answer is among the first k; the expected value where ties cross k.

        The mean is recall@k.
        """
        return np.clip((k - self.better) / self.tied, 0, 1)


def rank_answers(scores: np.ndarray, answers: np.ndarray) -> Ranks:
    """Scores [Q, G] of a gallery and the answer's column [Q] → ranks."""
    if np.isnan(scores).any():
        raise ValueError("a score is not a number")
    right = scores[np.arange(len(scores)), answers][:, None]
    return Ranks((scores > right).sum(1), (scores == right).sum(1))
