"""Reliability of scores: bins, expected calibration error (ECE), diagrams.

A score promises to be the share of such detections, or matches, that are right.
"""

from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

NUM_BINS = 10


@dataclass(frozen=True)
class Bin:
    """Detections with scores in [low, high): their number, mean score and precision."""

    low: float
    high: float
    count: int
    score: float
    precision: float


def reliability_bins(found: list[tuple[float, bool]], bins: int = NUM_BINS) -> list[Bin]:
    """(score, right) of detections → bins of equal width, without empty ones."""
    scores = np.array([score for score, _ in found])
    right = np.array([hit for _, hit in found], dtype=float)
    place = np.minimum((scores * bins).astype(int), bins - 1)
    result = []
    for index in range(bins):
        mine = place == index
        if mine.any():
            values = (int(mine.sum()), float(scores[mine].mean()), float(right[mine].mean()))
            result.append(Bin(index / bins, (index + 1) / bins, *values))
    return result


def calibration_error(bins: list[Bin]) -> float | None:
    """ECE: the mean gap between score and precision over detections; None without any."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.precision - b.score) for b in bins) / total if total else None


def weighted_bins(score: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Non-empty bins of a tenth each [B, 3]: mean score, share that is right, weight."""
    place = np.minimum((score * NUM_BINS).astype(int), NUM_BINS - 1)
    rows = []
    for number in range(NUM_BINS):
        mine = place == number
        total = weight[mine].sum()
        if total > 0:
            means = (np.average(v[mine], weights=weight[mine]) for v in (score, right))
            rows.append([*means, total])
    return np.array(rows)


def expected_calibration_error(score: np.ndarray, right: np.ndarray, weight: np.ndarray) -> float:
    """ECE: the weighted mean gap between a bin's score and its share that is right."""
    found = weighted_bins(score, right, weight)
    return float((np.abs(found[:, 0] - found[:, 1]) * found[:, 2]).sum() / found[:, 2].sum())


def draw_reliability(curves: dict[str, dict[str, tuple]], target: Path) -> None:
    """A panel for each set of matches, with lines of (score, right, weight) by name."""
    figure, panels = pyplot.subplots(
        1, len(curves), figsize=(5.2 * len(curves), 4.6), constrained_layout=True, squeeze=False
    )
    for panel, (title, lines) in zip(panels[0], curves.items(), strict=True):
        panel.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        for name, values in lines.items():
            found = weighted_bins(*values)
            error = expected_calibration_error(*values)
            panel.plot(found[:, 0], found[:, 1], label=f"{name}, error {error:.3f}")
            panel.scatter(found[:, 0], found[:, 1], s=12 + 400 * found[:, 2])
        panel.set(xlim=(0, 1), ylim=(0, 1), title=title, xlabel="cosine or score")
        panel.set_ylabel("share agreeing in category and colour")
        panel.legend(frameon=False, loc="upper left")
        panel.grid(alpha=0.3)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)
