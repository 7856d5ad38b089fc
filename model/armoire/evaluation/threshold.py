"""Input size and score threshold, on the part kept aside: `python -m armoire.choose CHECKPOINT`."""

import argparse
import json
import logging
from pathlib import Path

import numpy as np
import torch

from armoire.data.coco import read_coco
from armoire.data.sample import Sample
from armoire.data.sources import in_dev
from armoire.evaluation.coco_eval import accumulate, category_ap, ground_truth
from armoire.evaluation.summary import OFTEN, mean, predict, torch_parser
from armoire.retrieval.cutout import overlap
from armoire.training.config import GARMENTS, data_root

log = logging.getLogger(__name__)
# The caller's suppression across categories, as the manifest has it.
CROSS_IOU = 0.6


def xyxy(row: dict) -> np.ndarray:
    x, y, w, h = row["bbox"]
    return np.float32([x, y, x + w, y + h])


def suppress(rows: list[dict]) -> list[dict]:
    """One photo's detections, best first, without those that overlap a better one of any kind."""
    kept: list[dict] = []
    for row in sorted(rows, key=lambda r: -r["score"]):
        boxes = np.float32([xyxy(k) for k in kept]).reshape(-1, 4)
        if not len(boxes) or overlap(boxes, xyxy(row)).max() <= CROSS_IOU:
            kept.append(row)
    return kept


def judged(sample: Sample, rows: list[dict]) -> list[tuple[dict, bool]]:
    """(detection, right) of one photo's detections; those in ignore regions are left out."""
    open_garments = list(sample.garments)
    result = []
    for row in suppress(rows):
        box = xyxy(row)
        same = [g for g in open_garments if g.category == row["category_id"]]
        shared = [float(overlap(g.box[None], box)[0]) for g in same]
        if shared and max(shared) >= 0.5:
            chosen = same[int(np.argmax(shared))]
            open_garments = [g for g in open_garments if g is not chosen]
            result.append((row, True))
        elif not any(overlap(sample.ignore, box) > 0.3):
            result.append((row, False))
    return result


def outcomes(sample: Sample, rows: list[dict]) -> list[tuple[float, bool]]:
    """(score, right) of one photo's detections; those in ignore regions are left out."""
    return [(row["score"], right) for row, right in judged(sample, rows)]


def best_threshold(found: list[tuple[float, bool]], garments: int) -> dict[str, float]:
    """The score that makes F2 largest, with its precision and recall.

    F2 and not F1: a garment that was missed cannot be chosen, a false alarm is passed over.
    """
    scores = np.array([score for score, _ in found])
    right = np.array([hit for _, hit in found], dtype=float)
    best = {"threshold": 0.5, "f2": 0.0, "precision": 0.0, "recall": 0.0}
    for threshold in np.arange(0.1, 0.95, 0.05):
        chosen = scores >= threshold
        hits = right[chosen].sum()
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
    counts = np.bincount([g.category for s in samples for g in s.garments], minlength=14)[1:14]
    often = counts >= OFTEN
    by_photo: dict[int, list[dict]] = {}
    for row in rows:
        by_photo.setdefault(row["image_id"], []).append(row)
    found = [o for s in samples for o in outcomes(s, by_photo.get(s.identifier, []))]
    return {
        "AP": round(mean(category_ap(run)[often]), 4),
        "AP50": round(mean(category_ap(run, 0.5)[often]), 4),
        **best_threshold(found, int(counts.sum())),
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--dev-share", type=float, default=0.08)
    parser.add_argument("--sides", type=int, nargs="+", default=[320, 352, 384, 416, 448])
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    dev = [s for s in read_coco(options.data, "train") if in_dev(s, options.dev_share)]
    for side in options.sides:
        samples, rows = predict(torch_parser(options.checkpoint, side, options.device), dev)
        print(json.dumps({"side": side, **measure(samples, rows)}))


if __name__ == "__main__":
    main()
