"""Which previews somebody finds fit to be shown: a logistic regression on a few figures of each."""

import numpy as np


def fit_logistic(
    figures: np.ndarray, fit: np.ndarray, ridge: float = 2.0
) -> tuple[float, np.ndarray]:
    """Bias and weights, in the units of `figures` [N, D]; `fit` [N] is 0 or 1.

    The weights are shrunk by `ridge` after each figure was scaled to a deviation of 1.
    """
    mean, deviation = figures.mean(0), figures.std(0) + 1e-9
    scaled = np.c_[np.ones(len(figures)), (figures - mean) / deviation]
    penalty = ridge * np.eye(scaled.shape[1])
    penalty[0, 0] = 1e-6
    beta = np.zeros(scaled.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-scaled @ beta))
        curvature = scaled.T @ (scaled * (guess * (1 - guess) + 1e-6)[:, None]) + penalty
        beta = beta + np.linalg.solve(curvature, scaled.T @ (fit - guess) - penalty @ beta)
    weights = beta[1:] / deviation
    return float(beta[0] - weights @ mean), weights


def held_back(
    figures: np.ndarray,
    fit: np.ndarray,
    groups: np.ndarray,
    folds: int = 8,
    seeds: int = 8,
    ridge: float = 2.0,
) -> np.ndarray:
    """Mean logit [N] of each row by regressions that saw no row of its group."""
    names = np.unique(groups)
    logits = np.zeros(len(fit))
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(len(names))
        fold = order[np.searchsorted(names, groups)] % folds
        for held in range(folds):
            bias, weights = fit_logistic(figures[fold != held], fit[fold != held], ridge)
            logits[fold == held] += bias + figures[fold == held] @ weights
    return logits / seeds
