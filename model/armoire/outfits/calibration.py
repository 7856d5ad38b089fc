"""What a raw score means: the probability of a worn pair against a random one, at even odds."""

import numpy as np

from armoire.modeling.compatibility import NUM_CATEGORIES

# The overall curve counts as much as so many scores of a pair of categories.
PRIOR_SCORES = 100
NEWTON_STEPS = 25


def fit_curve(
    scores: np.ndarray, labels: np.ndarray, prior=(0.0, 0.0), strength: float = 1e-6
) -> tuple[float, float]:
    """Scale and bias of sigmoid(scale · score + bias), classes at even odds.

    Logistic regression by Newton's method, held to a prior as by `strength` scores.
    """
    x = np.stack([scores, np.ones_like(scores)], 1)
    balance = np.where(
        labels == 1, 0.5 / max(labels.mean(), 1e-9), 0.5 / max((1 - labels).mean(), 1e-9)
    )
    beta, centre = np.float64(prior), np.float64(prior)
    held = strength / 4 * np.float64([max(scores.var(), 1e-9), 1])
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (balance * (p - labels)) + held * (beta - centre)
        curvature = (x.T * (balance * p * (1 - p))) @ x + np.diag(held + 1e-9)
        beta = beta - np.linalg.solve(curvature, gradient)
    return float(beta[0]), float(beta[1])


def calibrate(
    scores: np.ndarray, labels: np.ndarray, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Scales and biases [14, 14] from scores [P], labels [P] and pairs of categories [P, 2].

    Both are symmetric. A pair that was seen seldom is drawn to the overall curve; one that was
    never seen, and any with a garment outside the taxonomy, has it.
    """
    overall = fit_curve(scores, labels)
    scale = np.full((NUM_CATEGORIES, NUM_CATEGORIES), overall[0])
    bias = np.full((NUM_CATEGORIES, NUM_CATEGORIES), overall[1])
    low, high = pairs.min(1), pairs.max(1)
    for a, b in {(int(i), int(j)) for i, j in zip(low, high, strict=True)}:
        mine = (low == a) & (high == b)
        if 0 < labels[mine].sum() < mine.sum():
            found = fit_curve(scores[mine], labels[mine], overall, PRIOR_SCORES)
            scale[a, b] = scale[b, a] = max(found[0], overall[0] / 4)
            bias[a, b] = bias[b, a] = found[1]
    return scale, bias
