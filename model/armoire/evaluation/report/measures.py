"""Figures that only the report shows: precision-recall curves, sizes, occlusion."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from pycocotools.cocoeval import COCOeval

from armoire.data.sample import Sample
from armoire.evaluation.coco_eval import accumulate, category_ap, ground_truth, mean, rounded
from armoire.evaluation.matching import Case
from armoire.photo import CATEGORIES

# DeepFashion2's three levels of `occlusion`.
OCCLUSION = {1: "slight or none", 2: "medium", 3: "heavy"}
# COCO's bounds between small, medium and large, in square pixels.
AREAS = (32**2, 96**2)
# Larger than COCOeval's largest area: such a garment is ignored, as a crowd is.
OUT_OF_RANGE = 1e11


@dataclass(frozen=True)
class Curve:
    """Precision [101] at recall 0, .01, ..., 1; `point` is (recall, precision) at the threshold."""

    precision: np.ndarray
    point: tuple[float, float] | None = None


def curve(run: COCOeval, iou: float, category: int, threshold: float | None = None) -> Curve | None:
    """The curve of a category, counted from 0; None if it does not occur."""
    index = int(np.flatnonzero(np.isclose(run.params.iouThrs, iou))[0])
    precision = run.eval["precision"][index, :, category, 0, -1]
    if (precision < 0).all():
        return None
    scores = run.eval["scores"][index, :, category, 0, -1]
    reached = np.flatnonzero((scores >= (threshold or 0)) & (precision > 0))
    if threshold is None or not len(reached):
        return Curve(precision)
    last = int(reached[-1])
    return Curve(precision, (float(run.params.recThrs[last]), float(precision[last])))


def mean_curve(curves: Iterable[Curve | None]) -> Curve | None:
    """The mean over the categories that occur; None if none does."""
    found = [c.precision for c in curves if c is not None]
    return Curve(np.mean(found, 0)) if found else None


def area_counts(samples: list[Sample]) -> dict[str, int]:
    """Garments by COCO's sizes."""
    areas = [g.area for s in samples for g in s.garments]
    sizes = np.searchsorted(AREAS, areas, side="right")
    return dict(zip(("small", "medium", "large"), np.bincount(sizes, minlength=3), strict=True))


def at_occlusion(samples: list[Sample], level: int) -> list[Sample]:
    """The same photos, garments of other levels ignored."""

    def only(garment):
        if garment.extra.get("occlusion") == level:
            return garment
        return replace(garment, area=OUT_OF_RANGE)

    return [replace(s, garments=[only(g) for g in s.garments]) for s in samples]


def by_occlusion(samples: list[Sample], rows: list[dict]) -> list[dict]:
    """AP at each level over the categories that occur there; empty without such annotations."""
    levels = [g.extra.get("occlusion") for s in samples for g in s.garments]
    if not any(level in OCCLUSION for level in levels):
        return []
    table = []
    for level, name in OCCLUSION.items():
        truth = ground_truth(at_occlusion(samples, level))
        entry: dict = {"name": name, "garments": levels.count(level)}
        for kind, label in (("bbox", "box"), ("segm", "mask")):
            run = accumulate(truth, rows, kind)
            entry[label] = rounded(mean(category_ap(run)))
            entry[f"{label}50"] = rounded(mean(category_ap(run, 0.5)))
        table.append(entry)
    return table


def shares(cases: list[Case]) -> list[dict]:
    """Garments found right, confused or missed: all, and by source."""
    groups = {"all": None, "street": "user", "shop": "shop"}
    table = []
    for name, source in groups.items():
        mine = [c.outcome for c in cases if source in (None, c.sample.source)]
        counts = {k: mine.count(k) for k in ("right", "confused", "missed", "false alarm")}
        garments = len(mine) - counts["false alarm"]
        if garments or not source:
            table.append({"name": name, "garments": garments, "counts": counts})
    return table


def category_rows(result: dict) -> list[dict]:
    """`byCategory` of an evaluation as rows for bars; only categories that occur."""
    rows = []
    for name in CATEGORIES:
        entry = result["byCategory"][name]
        if entry["garments"]:
            row = {"name": name, "garments": entry["garments"]}
            for kind in ("box", "mask"):
                row |= {kind: entry[f"{kind}AP"], f"{kind}50": entry[f"{kind}AP50"]}
            rows.append(row)
    return rows


def source_rows(result: dict) -> list[dict]:
    """`bySource` of an evaluation as rows for bars."""
    rows = []
    for name, entry in result["bySource"].items():
        row = {"name": name, "garments": entry["garments"]}
        for kind in ("box", "mask"):
            row |= {kind: entry[kind]["AP"], f"{kind}50": entry[kind]["AP50"]}
        rows.append(row)
    return rows


def area_rows(result: dict, samples: list[Sample], chosen: str) -> list[dict]:
    """By COCO's sizes over the `often` or `all` categories."""
    return [
        {"name": name, "garments": int(count)}
        | {kind: result[kind][chosen][name] for kind in ("box", "mask")}
        for name, count in area_counts(samples).items()
    ]
