"""The score threshold from which a detection is shown."""

import numpy as np

from armoire.data.sample import Sample
from armoire.evaluation.coco_eval import (
    MIN_GARMENTS,
    accumulate,
    category_ap,
    count_garments,
    ground_truth,
    mean,
)
from armoire.evaluation.matching import scored_outcomes


def best_threshold(found: list[tuple[float, bool]], garments: int) -> dict[str, float]:
    """The score with the largest F2, from (score, correct) and the number of garments.

    F2 rather than F1, since a shopper can skip a false alarm but cannot choose a missed garment.
    """
    scores = np.array([score for score, _ in found])
    correct = np.array([hit for _, hit in found], dtype=float)
    best = {"threshold": 0.5, "f2": 0.0, "precision": 0.0, "recall": 0.0}
    for threshold in np.arange(0.1, 0.95, 0.05):
        chosen = scores >= threshold
        hits = correct[chosen].sum()
        f2 = 5 * hits / max(chosen.sum() + 4 * garments, 1)
        if f2 > best["f2"]:
            best = {
                "threshold": round(float(threshold), 2),
                "f2": round(float(f2), 4),
                "precision": round(float(hits / max(chosen.sum(), 1)), 4),
                "recall": round(float(hits / garments), 4),
            }
    return best


def measure(samples: list[Sample], rows: list[dict]) -> dict[str, float]:
    """AP and AP50 over frequent categories, and the best threshold."""
    run = accumulate(ground_truth(samples), rows)
    counts = count_garments(samples)
    frequent = counts >= MIN_GARMENTS
    return {
        "AP": round(mean(category_ap(run)[frequent]), 4),
        "AP50": round(mean(category_ap(run, 0.5)[frequent]), 4),
        **best_threshold(scored_outcomes(samples, rows), int(counts.sum())),
    }
