"""COCO AP by pycocotools, from samples and detections in memory.

Detections are rows of COCO's result format: image_id, category_id (1–13), bbox (x, y, width, height
in pixels of the photo), score and, for masks, segmentation (compressed RLE).
"""

import contextlib
import io
from collections.abc import Callable

import numpy as np
from pycocotools import mask as rle_tools
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from armoire.data.sample import Garment, Sample
from armoire.photo import CATEGORIES

# "Frequent" categories: those with at least so many garments in the split.
MIN_GARMENTS = 9


def ground_truth(
    samples: list[Sample], counts: Callable[[Sample, Garment], bool] | None = None
) -> COCO:
    """Samples as a COCO data set; ignore regions become crowds of every category.

    So do garments that do not count: a detection on one is neither right nor a false alarm.
    """
    annotations = []
    for sample in samples:
        ignored = []
        for garment in sample.garments:
            if counts and not counts(sample, garment):
                ignored.append(outline_rle(garment, sample.height, sample.width))
                continue
            x1, y1, x2, y2 = (float(v) for v in garment.box)
            annotations.append(
                {
                    "image_id": sample.identifier,
                    "category_id": garment.category,
                    "bbox": [x1, y1, x2 - x1, y2 - y1],
                    "area": garment.area,
                    "iscrowd": 0,
                    "segmentation": [p.ravel().tolist() for p in garment.polygons],
                }
            )
        for region in [*sample.regions, *ignored]:
            crowd = {
                "image_id": sample.identifier,
                "bbox": rle_tools.toBbox(region).tolist(),
                "area": float(rle_tools.area(region)),
                "iscrowd": 1,
                "segmentation": region,
            }
            annotations += [crowd | {"category_id": c} for c in range(1, len(CATEGORIES) + 1)]
    for number, annotation in enumerate(annotations, 1):
        annotation["id"] = number
    table = COCO()
    table.dataset = {
        "info": {},
        "images": [{"id": s.identifier, "width": s.width, "height": s.height} for s in samples],
        "annotations": annotations,
        "categories": [{"id": i, "name": n} for i, n in enumerate(CATEGORIES, 1)],
    }
    with contextlib.redirect_stdout(io.StringIO()):
        table.createIndex()
    return table


def mask_truth(samples: list[Sample]) -> COCO:
    """What masks are scored on: the garments whose outlines are good."""
    return ground_truth(samples, lambda _, garment: garment.masked)


def outline_rle(garment: Garment, height: int, width: int) -> dict:
    """A garment's polygons as compressed RLE."""
    flat = [p.astype(float).ravel().tolist() for p in garment.polygons]
    return rle_tools.merge(rle_tools.frPyObjects(flat, height, width))


def accumulate(truth: COCO, rows: list[dict], kind: str = "bbox") -> COCOeval:
    """Runs COCOeval without its printing; `kind` is bbox or segm.

    pycocotools takes a detection's area from its box if there is one, so each kind gets its own
    fields alone. It also writes into the rows, so it gets copies.
    """
    other = "segmentation" if kind == "bbox" else "bbox"
    rows = [{k: v for k, v in row.items() if k != other} for row in rows]
    with contextlib.redirect_stdout(io.StringIO()):
        found = truth.loadRes(rows) if rows else COCO()
        if not rows:
            found.dataset = {"images": truth.dataset["images"], "annotations": []}
            found.dataset["categories"] = truth.dataset["categories"]
            found.createIndex()
        run = COCOeval(truth, found, kind)
        run.evaluate()
        run.accumulate()
    return run


def category_ap(run: COCOeval, iou: float | None = None, area: int = 0) -> np.ndarray:
    """AP [13] by category, NaN where it does not occur; at one IoU, or averaged over .50:.95.

    `area` is 0 for all sizes, 1 small, 2 medium, 3 large.
    """
    precision = run.eval["precision"][:, :, :, area, -1]
    if iou is not None:
        precision = precision[np.isclose(run.params.iouThrs, iou)]
    values = np.full(precision.shape[2], np.nan)
    for category in range(precision.shape[2]):
        part = precision[:, :, category]
        if (part > -1).any():
            values[category] = part[part > -1].mean()
    return values


def mean(values: np.ndarray) -> float:
    """Mean of what is not NaN; NaN if nothing is left."""
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def rounded(value: float) -> float | None:
    """Four digits, as figures are stored; None for NaN."""
    return None if np.isnan(value) else round(float(value), 4)


def count_garments(samples: list[Sample]) -> np.ndarray:
    """Annotated garments by category, int [13]."""
    categories = [g.category for s in samples for g in s.garments]
    return np.bincount(categories, minlength=len(CATEGORIES) + 1)[1 : len(CATEGORIES) + 1]


def frequent_categories(samples: list[Sample]) -> np.ndarray:
    """bool [13]: categories with enough garments to be measured by; all that occur if none has."""
    counts = count_garments(samples)
    frequent = counts >= MIN_GARMENTS
    return frequent if frequent.any() else counts > 0


def average_precision(
    scores: np.ndarray, matched: np.ndarray, ignored: np.ndarray, positives: int
) -> np.ndarray:
    """COCO's 101-point AP [T], one for each IoU threshold; NaN if there are no positives.

    scores [D], matched and ignored bool [T, D] as COCOeval gives them.
    """
    if positives == 0:
        return np.full(len(matched), np.nan)
    order = np.argsort(-scores, kind="mergesort")
    hits = (matched & ~ignored)[:, order].cumsum(1)
    misses = (~matched & ~ignored)[:, order].cumsum(1)
    recall = hits / positives
    precision = hits / np.maximum(hits + misses, 1e-12)
    precision = np.maximum.accumulate(precision[:, ::-1], 1)[:, ::-1]
    values = np.zeros(len(matched))
    for row in range(len(matched)):
        at = np.searchsorted(recall[row], np.linspace(0, 1, 101), side="left")
        inside = at[at < len(scores)]
        values[row] = precision[row, inside].sum() / 101
    return values


def bootstrap_interval(
    run: COCOeval, chosen: np.ndarray, resamples: int, seed: int = 1
) -> np.ndarray:
    """95 % interval of the mean AP over chosen categories, photos drawn with replacement.

    → [2, 2]: rows low and high, columns AP and AP50; NaN if no category is chosen.
    """
    return np.quantile(bootstrap_ap(run, chosen, resamples, seed), [0.025, 0.975], axis=0)


def bootstrap_ap(run: COCOeval, chosen: np.ndarray, resamples: int, seed: int = 1) -> np.ndarray:
    """AP and AP50 of each resample [resamples, 2]; equal seeds draw the same photos of a split."""
    if not chosen.any():
        return np.full((resamples, 2), np.nan)
    photos = len(run.params.imgIds)
    per_area = len(run.params.areaRng) * photos
    parts = [run.evalImgs[c * per_area : c * per_area + photos] for c in range(len(chosen))]
    rng = np.random.default_rng(seed)
    means = []
    for _ in range(resamples):
        drawn = rng.integers(0, photos, photos)
        values = [_resampled_ap(parts[c], drawn) for c in np.flatnonzero(chosen)]
        table = np.array(values)
        means.append((np.nanmean(table), np.nanmean(table[:, 0])))
    return np.array(means)


def _resampled_ap(results: list[dict | None], drawn: np.ndarray) -> np.ndarray:
    """AP [10] of one category over drawn photos; NaN if none of them has the category."""
    found = [results[i] for i in drawn if results[i] is not None]
    if not found:
        return np.full(10, np.nan)
    scores = np.concatenate([f["dtScores"] for f in found])
    matched = np.concatenate([f["dtMatches"] for f in found], 1) > 0
    ignored = np.concatenate([f["dtIgnore"] for f in found], 1).astype(bool)
    positives = sum(int((np.asarray(f["gtIgnore"]) == 0).sum()) for f in found)
    return average_precision(scores, matched, ignored, positives)
