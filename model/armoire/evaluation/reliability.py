"""How far scores are from what they promise, in one number and in a picture."""

from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

BINS = 10


def bins(score: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Bins of a tenth each that are not empty: mean score, share right, weight; [B, 3]."""
    place = np.minimum((score * BINS).astype(int), BINS - 1)
    rows = []
    for number in range(BINS):
        mine = place == number
        total = weight[mine].sum()
        if total > 0:
            means = (np.average(v[mine], weights=weight[mine]) for v in (score, right))
            rows.append([*means, total])
    return np.array(rows)


def expected_error(score: np.ndarray, right: np.ndarray, weight: np.ndarray) -> float:
    """Expected calibration error: the mean distance of a bin's score from its share right."""
    found = bins(score, right, weight)
    return float((np.abs(found[:, 0] - found[:, 1]) * found[:, 2]).sum() / found[:, 2].sum())


def draw(curves: dict[str, dict[str, tuple]], target: Path) -> None:
    """One panel for each choice of pairs: what was promised against what came true."""
    figure, panels = pyplot.subplots(
        1, len(curves), figsize=(5.2 * len(curves), 4.6), constrained_layout=True, squeeze=False
    )
    for panel, (title, lines) in zip(panels[0], curves.items(), strict=True):
        panel.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        for name, values in lines.items():
            found = bins(*values)
            error = expected_error(*values)
            panel.plot(found[:, 0], found[:, 1], label=f"{name}, error {error:.3f}")
            panel.scatter(found[:, 0], found[:, 1], s=12 + 400 * found[:, 2])
        panel.set(xlim=(0, 1), ylim=(0, 1), title=title, xlabel="cosine or score")
        panel.set_ylabel("share agreeing in category and colour")
        panel.legend(frameon=False, loc="upper left")
        panel.grid(alpha=0.3)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)
