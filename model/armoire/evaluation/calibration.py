"""Calibrates the parser's scores: Platt scaling by category, fitted on the dev part of train.

A calibrated score is the share of such detections that are correct: of the right category, on a
garment at IoU .5, after suppression. A category's curve is regularised towards the one fitted on
all categories, so that rare ones stay close to it.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np

from armoire.data.sample import Sample
from armoire.evaluation.matching import judge
from armoire.evaluation.predict import rows_by_photo
from armoire.evaluation.reliability import Bin, calibration_error, reliability_bins
from armoire.photo import CATEGORIES

matplotlib.use("Agg")
from matplotlib import pyplot

log = logging.getLogger(__name__)
# Raw scores at which the manifest samples the curves; the parser gives none below .05.
KNOTS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
# Strengths of the regularisation towards the shared curve; cross-validation chooses.
REGULARISATIONS = (3.0, 10.0, 30.0, 100.0, 1000.0)
FOLDS = 5
# Curves rise strictly, so that the order within a category, and its AP, stay the same.
MIN_SLOPE = 0.05


@dataclass(frozen=True)
class Outcomes:
    """Detections after suppression: score, correct (0 or 1), category (1–13), photo id; all [N]."""

    score: np.ndarray
    correct: np.ndarray
    category: np.ndarray
    photo: np.ndarray

    def where(self, chosen: np.ndarray) -> "Outcomes":
        """Those that a mask or index chooses."""
        values = (self.score, self.correct, self.category, self.photo)
        return Outcomes(*(value[chosen] for value in values))


def collect(samples: list[Sample], rows: list[dict]) -> Outcomes:
    """Judges the detections of all photos."""
    found = rows_by_photo(rows)
    pairs = [pair for s in samples for pair in judge(s, found.get(s.identifier, []))]
    return Outcomes(
        np.array([row["score"] for row, _ in pairs], float),
        np.array([correct for _, correct in pairs], float),
        np.array([row["category_id"] for row, _ in pairs], int),
        np.array([row["image_id"] for row, _ in pairs], int),
    )


def logit(score: np.ndarray) -> np.ndarray:
    score = np.clip(score, 1e-4, 1 - 1e-4)
    return np.log(score / (1 - score))


def sigmoid(value: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(value, -50, 50)))


def fit_curve(score, correct, prior=(1.0, 0.0), regularisation: float = 1e-3) -> np.ndarray:
    """Slope and offset on the logit: minimises log loss + regularisation/2 · |curve - prior|².

    By Newton's method; the loss is convex.
    """
    prior = np.array(prior, float)
    curve = prior.copy()
    inputs = np.stack([logit(score), np.ones(len(score))], 1)
    for _ in range(100):
        predicted = sigmoid(inputs @ curve)
        gradient = inputs.T @ (predicted - correct) + regularisation * (curve - prior)
        weights = predicted * (1 - predicted)
        hessian = (inputs * weights[:, None]).T @ inputs + regularisation * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        curve = curve - step
        if np.abs(step).max() < 1e-8:
            break
    curve[0] = max(curve[0], MIN_SLOPE)
    return curve


def fit(found: Outcomes, regularisation: float) -> np.ndarray:
    """Curves [14, 2]: row 0 the shared one, rows 1–13 the categories' own."""
    shared = fit_curve(found.score, found.correct)
    curves = np.tile(shared, (len(CATEGORIES) + 1, 1))
    for category in np.unique(found.category):
        mine = found.category == category
        curves[category] = fit_curve(found.score[mine], found.correct[mine], shared, regularisation)
    return curves


def apply(curves: np.ndarray, found: Outcomes) -> np.ndarray:
    """Calibrated scores [N]."""
    slope, offset = curves[found.category].T
    return sigmoid(slope * logit(found.score) + offset)


def log_loss(score: np.ndarray, correct: np.ndarray) -> float:
    """Mean binary cross-entropy."""
    score = np.clip(score, 1e-6, 1 - 1e-6)
    return float(-np.where(correct > 0, np.log(score), np.log(1 - score)).mean())


def cross_validated(found: Outcomes, regularisation: float) -> float:
    """Log loss of curves fitted on other photos than they are measured on."""
    photos = np.unique(found.photo)
    fold = np.searchsorted(photos, found.photo) % FOLDS
    calibrated = np.empty(len(found.score))
    for index in range(FOLDS):
        held_out = fold == index
        if held_out.any() and not held_out.all():
            curves = fit(found.where(~held_out), regularisation)
            calibrated[held_out] = apply(curves, found.where(held_out))
    return log_loss(calibrated, found.correct)


def error(score: np.ndarray, correct: np.ndarray) -> tuple[list[Bin], float]:
    """Reliability bins and the expected calibration error."""
    bins = reliability_bins(list(zip(score, correct, strict=True)))
    return bins, calibration_error(bins) or 0.0


def points(curve: np.ndarray) -> list[list[float]]:
    """(raw, calibrated) at the knots, as the manifest stores a curve."""
    values = sigmoid(curve[0] * logit(np.array(KNOTS)) + curve[1])
    return [[knot, round(float(v), 5)] for knot, v in zip(KNOTS, values, strict=True)]


def interpolate(table: dict[str, list[list[float]]], found: Outcomes) -> np.ndarray:
    """Calibrated scores [N] as the server computes them: linear between points, flat outside."""
    calibrated = found.score.copy()
    for category, name in enumerate(CATEGORIES, 1):
        mine = found.category == category
        calibrated[mine] = np.interp(found.score[mine], *np.array(table[name]).T)
    return calibrated


def draw_bins(panels: dict[str, list[Bin]], target: Path) -> None:
    """A panel for each title: precision over score, with the number of detections in each bin."""
    figure, axes = pyplot.subplots(1, len(panels), figsize=(9, 4.2), constrained_layout=True)
    for plot, (title, bins) in zip(axes, panels.items(), strict=True):
        plot.plot([0, 1], [0, 1], ":", color="0.5")
        low = [b.low for b in bins]
        plot.bar(low, [b.precision for b in bins], 0.1, align="edge", edgecolor="w", alpha=0.5)
        plot.plot([b.score for b in bins], [b.precision for b in bins], "o-")
        for b in bins:
            plot.text(b.low + 0.05, 0.02, b.count, ha="center", fontsize=7)
        plot.set(xlim=(0, 1), ylim=(0, 1), xlabel="score", ylabel="precision")
        plot.set_title(title, fontsize=10)
        plot.set_aspect("equal")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def calibrate(dev: Outcomes, val: Outcomes, threshold: float, target: Path) -> dict:
    """The manifest's `parser.calibration`, fitted on dev and measured on val.

    `threshold` is the raw score from which the server shows detections; `target` is the diagram's
    PNG.
    """
    losses = {strength: cross_validated(dev, strength) for strength in REGULARISATIONS}
    log.info("log loss on dev, cross-validated, by regularisation: %s", losses)
    curves = fit(dev, min(losses, key=losses.get))
    table = {name: points(curves[c]) for c, name in enumerate(CATEGORIES, 1)}
    after = interpolate(table, val)
    seen = val.score >= threshold
    before_bins, before = error(val.score, val.correct)
    after_bins, now = error(after, val.correct)
    title = "{} (val), expected calibration error {:.3f}"
    panels = {title.format("before", before): before_bins, title.format("after", now): after_bins}
    draw_bins(panels, target)
    shown = [error(score[seen], val.correct[seen])[1] for score in (val.score, after)]
    shared = float(sigmoid(curves[0, 0] * logit(np.array([threshold])) + curves[0, 1])[0])
    return {
        "fittedOn": f"{len(dev.score)} detections of the part carved from train",
        # `scoreThreshold` is a raw score; this is where it lies on the calibrated scale.
        "threshold": round(shared, 3),
        "error": {
            "split": "val",
            "before": round(before, 4),
            "after": round(now, 4),
            "shownBefore": round(shown[0], 4),
            "shownAfter": round(shown[1], 4),
        },
        "points": table,
    }
