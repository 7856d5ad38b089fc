"""Scores that mean precision: `python -m armoire.calibrate [--update-manifest]`.

A detection's score becomes the share of such detections that are right (the category, on a garment
at IoU .5, after the caller's suppression). Fitted on the part carved from train, by Platt's
logistic curve for each category, drawn to the curve of all together as far as a category is rare.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np

from armoire.data.coco import read_coco
from armoire.data.sample import Sample
from armoire.data.sources import in_dev
from armoire.deploy.export import WEIGHTS
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.matching import rows_by_photo
from armoire.evaluation.report.measures import Bin, calibration_error, reliability
from armoire.evaluation.summary import predict
from armoire.evaluation.threshold import judged
from armoire.photo import CATEGORIES
from armoire.training.config import GARMENTS, MODEL, data_root

matplotlib.use("Agg")
from matplotlib import pyplot

log = logging.getLogger(__name__)
# Raw scores at which the curves are written down; the parser gives none below .05.
KNOTS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
# How strongly a category's curve is drawn to the shared one; chosen by cross-validation.
PULLS = (3.0, 10.0, 30.0, 100.0, 1000.0)
FOLDS = 5
# A curve never falls or lies flat: the order within a category, and so its AP, stays.
LEAST_SLOPE = 0.05


@dataclass(frozen=True)
class Outcomes:
    """Detections that the product would keep: scores, right or not, categories, photos; all [N]."""

    score: np.ndarray
    right: np.ndarray
    category: np.ndarray
    photo: np.ndarray

    def where(self, chosen: np.ndarray) -> "Outcomes":
        values = (self.score, self.right, self.category, self.photo)
        return Outcomes(*(value[chosen] for value in values))


def collect(samples: list[Sample], rows: list[dict]) -> Outcomes:
    found = rows_by_photo(rows)
    pairs = [pair for s in samples for pair in judged(s, found.get(s.identifier, []))]
    return Outcomes(
        np.array([row["score"] for row, _ in pairs], float),
        np.array([right for _, right in pairs], float),
        np.array([row["category_id"] for row, _ in pairs], int),
        np.array([row["image_id"] for row, _ in pairs], int),
    )


def logit(score: np.ndarray) -> np.ndarray:
    score = np.clip(score, 1e-4, 1 - 1e-4)
    return np.log(score / (1 - score))


def sigmoid(value: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(value, -50, 50)))


def fit_curve(score, right, towards=(1.0, 0.0), pull: float = 1e-3) -> np.ndarray:
    """Slope and offset on the logit that make log loss + pull/2 · |distance to `towards`|² least.

    By Newton's method; the loss is convex.
    """
    towards = np.array(towards, float)
    curve = towards.copy()
    inputs = np.stack([logit(score), np.ones(len(score))], 1)
    for _ in range(100):
        share = sigmoid(inputs @ curve)
        slope = inputs.T @ (share - right) + pull * (curve - towards)
        bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + pull * np.eye(2)
        step = np.linalg.solve(bend, slope)
        curve = curve - step
        if np.abs(step).max() < 1e-8:
            break
    curve[0] = max(curve[0], LEAST_SLOPE)
    return curve


def fit(found: Outcomes, pull: float) -> np.ndarray:
    """[14, 2]: row 0 the shared curve, rows 1–13 each category's; without detections the shared."""
    shared = fit_curve(found.score, found.right)
    curves = np.tile(shared, (len(CATEGORIES) + 1, 1))
    for category in np.unique(found.category):
        mine = found.category == category
        curves[category] = fit_curve(found.score[mine], found.right[mine], shared, pull)
    return curves


def apply(curves: np.ndarray, found: Outcomes) -> np.ndarray:
    slope, offset = curves[found.category].T
    return sigmoid(slope * logit(found.score) + offset)


def log_loss(score: np.ndarray, right: np.ndarray) -> float:
    score = np.clip(score, 1e-6, 1 - 1e-6)
    return float(-np.where(right > 0, np.log(score), np.log(1 - score)).mean())


def cross_validated(found: Outcomes, pull: float) -> float:
    """Log loss of curves fitted without the photos that they are measured on."""
    photos = np.unique(found.photo)
    fold = np.searchsorted(photos, found.photo) % FOLDS
    after = np.empty(len(found.score))
    for index in range(FOLDS):
        kept = fold == index
        if kept.any() and not kept.all():
            after[kept] = apply(fit(found.where(~kept), pull), found.where(kept))
    return log_loss(after, found.right)


def error(score: np.ndarray, right: np.ndarray) -> tuple[list[Bin], float]:
    bins = reliability(list(zip(score, right, strict=True)))
    return bins, calibration_error(bins) or 0.0


def points(curve: np.ndarray) -> list[list[float]]:
    values = sigmoid(curve[0] * logit(np.array(KNOTS)) + curve[1])
    return [[knot, round(float(v), 5)] for knot, v in zip(KNOTS, values, strict=True)]


def interpolate(table: dict[str, list[list[float]]], found: Outcomes) -> np.ndarray:
    """What the server makes of the manifest's points: linear between them, flat outside."""
    after = found.score.copy()
    for category, name in enumerate(CATEGORIES, 1):
        mine = found.category == category
        after[mine] = np.interp(found.score[mine], *np.array(table[name]).T)
    return after


def draw(panels: dict[str, list[Bin]], target: Path) -> None:
    """Share that is right over score, with the number of detections in each bin."""
    figure, axes = pyplot.subplots(1, len(panels), figsize=(9, 4.2), constrained_layout=True)
    for plot, (title, bins) in zip(axes, panels.items(), strict=True):
        plot.plot([0, 1], [0, 1], ":", color="0.5")
        low = [b.low for b in bins]
        plot.bar(low, [b.precision for b in bins], 0.1, align="edge", edgecolor="w", alpha=0.5)
        plot.plot([b.score for b in bins], [b.precision for b in bins], "o-")
        for b in bins:
            plot.text(b.low + 0.05, 0.02, b.count, ha="center", fontsize=7)
        plot.set(xlim=(0, 1), ylim=(0, 1), xlabel="score", ylabel="share that is right")
        plot.set_title(title, fontsize=10)
        plot.set_aspect("equal")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def calibrate(dev: Outcomes, val: Outcomes, threshold: float, target: Path) -> dict:
    """The manifest's `parser.calibration`, and the diagram of the split that chose nothing."""
    losses = {pull: cross_validated(dev, pull) for pull in PULLS}
    pull = min(losses, key=losses.get)
    log.info("log loss on dev, cross-validated, by pull: %s", losses)
    curves = fit(dev, pull)
    table = {name: points(curves[c]) for c, name in enumerate(CATEGORIES, 1)}
    after = interpolate(table, val)
    seen = val.score >= threshold
    (before_bins, before), (after_bins, now) = error(val.score, val.right), error(after, val.right)
    title = "{} (val), expected calibration error {:.3f}"
    panels = {title.format("before", before): before_bins, title.format("after", now): after_bins}
    draw(panels, target)
    shown = [error(score[seen], val.right[seen])[1] for score in (val.score, after)]
    shared = float(sigmoid(curves[0, 0] * logit(np.array([threshold])) + curves[0, 1])[0])
    return {
        "fittedOn": f"{len(dev.score)} detections of the part carved from train",
        # What `scoreThreshold`, which stays a raw score, means on this scale.
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


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--dev-share", type=float, default=0.08)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--plot", type=Path, default=MODEL / "runs/calibration.png")
    parser.add_argument("--update-manifest", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parse = ShippedParser(options.weights)
    dev = [s for s in read_coco(options.data, "train") if in_dev(s, options.dev_share)]
    parts = [collect(*predict(parse, part)) for part in (dev, read_coco(options.data, "val"))]
    entry = calibrate(*parts, parse.manifest["parser"]["scoreThreshold"], options.plot)
    print(json.dumps({k: v for k, v in entry.items() if k != "points"}, indent=2))
    if options.update_manifest:
        path = options.weights / "manifest.json"
        manifest = json.loads(path.read_text())
        manifest["parser"]["calibration"] = entry
        path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
