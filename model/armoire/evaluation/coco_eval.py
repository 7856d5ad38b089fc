"""COCO's AP by pycocotools, from samples and detections in memory."""

import contextlib
import io

import cv2
import numpy as np
import torch
from pycocotools import mask as rle_tools
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from torch import Tensor

from armoire.data.sample import Sample, read_rgb
from armoire.photo import CATEGORIES, MEAN, normalise, round_up


def ground_truth(samples: list[Sample]) -> COCO:
    """Samples as a COCO table; ignore regions become crowds of every category."""
    annotations = []
    for sample in samples:
        for garment in sample.garments:
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
        for region in sample.regions:
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


def fit(image: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """Resizes to a long side of `side`, pads right and bottom → uint8 [H, W, 3] and the scale."""
    scale = side / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(image, size, interpolation=mode)
    padded = np.empty((round_up(size[1]), round_up(size[0]), 3), np.uint8)
    padded[:] = MEAN
    padded[: size[1], : size[0]] = resized
    return padded, scale


def detect(parser: torch.nn.Module, image: np.ndarray, side: int, device: str = "cpu") -> dict:
    """One photo uint8 RGB → boxes (pixels of the photo), scores, labels, masks, as tensors."""
    padded, scale = fit(image, side)
    batch = normalise(torch.from_numpy(padded)[None].to(device))
    found = parser(batch.contiguous(memory_format=torch.channels_last))
    out: dict[str, Tensor] = {k: v[0].float().cpu() for k, v in found.items()}
    limit = torch.tensor([image.shape[1], image.shape[0]] * 2, dtype=torch.float32)
    out["boxes"] = torch.minimum(out["boxes"] / scale, limit)
    return out


def box_results(identifier: int, found: dict) -> list[dict]:
    """Detections as rows of COCO's result format, boxes only."""
    rows = []
    for box, score, label in zip(found["boxes"], found["scores"], found["labels"], strict=True):
        x1, y1, x2, y2 = box.tolist()
        rows.append(
            {
                "image_id": identifier,
                "category_id": int(label),
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "score": float(score),
            }
        )
    return rows


def accumulate(truth: COCO, rows: list[dict], kind: str = "bbox") -> COCOeval:
    """Runs COCOeval quietly; `kind` is bbox or segm.

    pycocotools takes a detection's area from its box when it has one, so each kind sees only its
    own; and it writes into the rows, so it gets copies.
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
    """AP of each category [13]; NaN where it does not occur. `iou` None averages .50:.95."""
    precision = run.eval["precision"][:, :, :, area, -1]
    if iou is not None:
        precision = precision[np.isclose(run.params.iouThrs, iou)]
    values = np.full(precision.shape[2], np.nan)
    for category in range(precision.shape[2]):
        part = precision[:, :, category]
        if (part > -1).any():
            values[category] = part[part > -1].mean()
    return values


@torch.no_grad()
def quick_ap(parser: torch.nn.Module, samples: list[Sample], side: int, device: str) -> dict:
    """Box AP and AP50 over the categories with at least 9 garments, and over all that occur."""
    parser.eval()
    rows, kept = [], []
    for sample in samples:
        try:
            image = read_rgb(sample.path)
        except (ValueError, OSError):
            continue
        kept.append(sample)
        rows += box_results(sample.identifier, detect(parser, image, side, device))
    run = accumulate(ground_truth(kept), rows)
    counts = np.bincount([g.category for s in kept for g in s.garments], minlength=14)[1:14]
    ap, ap50 = category_ap(run), category_ap(run, 0.5)
    often = counts >= 9
    if not often.any():
        often = counts > 0
    return {
        "ap": float(np.nanmean(ap[often])),
        "ap50": float(np.nanmean(ap50[often])),
        "ap50_all": float(np.nanmean(ap50)) if (counts > 0).any() else float("nan"),
        "ap50_by_category": [None if np.isnan(v) else round(float(v), 3) for v in ap50],
    }


def average_precision(
    scores: np.ndarray, matched: np.ndarray, ignored: np.ndarray, positives: int
) -> np.ndarray:
    """COCO's 101-point AP at each IoU threshold.

    scores [D]; matched and ignored bool [T, D] as COCOeval gives them; → [T], NaN if no positives.
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


def bootstrap(run: COCOeval, chosen: np.ndarray, resamples: int, seed: int = 1) -> np.ndarray:
    """95 % interval of the means over chosen categories, photos drawn with replacement.

    → [2, 2]: rows low and high, columns AP and AP50; NaN if no category was chosen.
    """
    return np.quantile(resampled(run, chosen, resamples, seed), [0.025, 0.975], axis=0)


def resampled(run: COCOeval, chosen: np.ndarray, resamples: int, seed: int = 1) -> np.ndarray:
    """[resamples, 2]: AP and AP50 of each draw; equal seeds draw the same photos of one split."""
    if not chosen.any():
        return np.full((resamples, 2), np.nan)
    photos = len(run.params.imgIds)
    per_area = len(run.params.areaRng) * photos
    parts = [run.evalImgs[c * per_area : c * per_area + photos] for c in range(len(chosen))]
    rng = np.random.default_rng(seed)
    means = []
    for _ in range(resamples):
        drawn = rng.integers(0, photos, photos)
        values = [_drawn_ap(parts[c], drawn) for c in np.flatnonzero(chosen)]
        table = np.array(values)
        means.append((np.nanmean(table), np.nanmean(table[:, 0])))
    return np.array(means)


def _drawn_ap(results: list[dict | None], drawn: np.ndarray) -> np.ndarray:
    """AP [10] of one category over drawn photos; a category that was not drawn is NaN."""
    found = [results[i] for i in drawn if results[i] is not None]
    if not found:
        return np.full(10, np.nan)
    scores = np.concatenate([f["dtScores"] for f in found])
    matched = np.concatenate([f["dtMatches"] for f in found], 1) > 0
    ignored = np.concatenate([f["dtIgnore"] for f in found], 1).astype(bool)
    positives = sum(int((np.asarray(f["gtIgnore"]) == 0).sum()) for f in found)
    return average_precision(scores, matched, ignored, positives)
