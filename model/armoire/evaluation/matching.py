"""What became of each garment and each detection at the score that the product shows from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from pycocotools import mask as rle_tools

from armoire.data.sample import Garment, Sample
from armoire.evaluation.threshold import suppress, xyxy
from armoire.photo import CATEGORIES
from armoire.retrieval.cutout import overlap

MATCH_IOU = 0.5
# COCO's rule for crowds, by masks: half of the detection inside the region.
IGNORED_SHARE = 0.5


@dataclass(frozen=True)
class Case:
    """A garment with its detection, a garment alone (missed) or a detection alone (false alarm).

    `iou` is the boxes' IoU of the two. A missed garment's `near` is the best detection on it, too
    low in score or standing for another garment; a false alarm's is the garment that it overlaps
    most. `iou` is then theirs.
    """

    sample: Sample
    garment: Garment | None
    row: dict | None
    iou: float
    near: Garment | dict | None = None

    @property
    def outcome(self) -> str:
        """right, confused, missed or false alarm."""
        if self.garment is None:
            return "false alarm"
        if self.row is None:
            return "missed"
        return "right" if self.garment.category == self.row["category_id"] else "confused"


def rows_by_photo(rows: list[dict]) -> dict[int, list[dict]]:
    found: dict[int, list[dict]] = {}
    for row in rows:
        found.setdefault(row["image_id"], []).append(row)
    return found


def ignored(sample: Sample, row: dict) -> bool:
    """Whether a detection lies in one of the photo's ignore regions."""
    if not sample.regions:
        return False
    crowd = [1] * len(sample.regions)
    inside = rle_tools.iou([row["segmentation"]], sample.regions, crowd)
    return bool((inside >= IGNORED_SHARE).any())


def shown(rows: list[dict], threshold: float) -> list[dict]:
    """One photo's detections as the product shows them, best first."""
    return suppress([r for r in rows if r["score"] >= threshold])


def match_photo(sample: Sample, rows: list[dict], threshold: float) -> list[Case]:
    """One photo's cases: the best score first, each detection takes the free garment that it
    overlaps most, whatever its category, if the boxes' IoU is at least .5.

    Detections below the threshold and those that the product suppresses stand for nothing; lone
    ones in ignore regions are left out.
    """
    boxes = np.float32([g.box for g in sample.garments]).reshape(-1, 4)
    free = np.ones(len(boxes), bool)
    cases = []
    for row in shown(rows, threshold):
        shared = overlap(boxes, xyxy(row))
        open_shared = np.where(free, shared, 0)
        if free.any() and open_shared.max() >= MATCH_IOU:
            best = int(open_shared.argmax())
            free[best] = False
            cases.append(Case(sample, sample.garments[best], row, float(shared[best])))
        elif not ignored(sample, row):
            cases.append(_false_alarm(sample, row, shared))
    return cases + [_missed(sample, sample.garments[i], rows) for i in np.flatnonzero(free)]


def _false_alarm(sample: Sample, row: dict, shared: np.ndarray) -> Case:
    if not len(shared) or not shared.max():
        return Case(sample, None, row, 0.0)
    best = int(shared.argmax())
    return Case(sample, None, row, float(shared[best]), sample.garments[best])


def _missed(sample: Sample, garment: Garment, rows: list[dict]) -> Case:
    if not rows:
        return Case(sample, garment, None, 0.0)
    shared = overlap(np.float32([xyxy(r) for r in rows]), garment.box)
    on_it = [i for i in range(len(rows)) if shared[i] >= MATCH_IOU]
    if not on_it:
        return Case(sample, garment, None, 0.0)
    best = max(on_it, key=lambda i: rows[i]["score"])
    return Case(sample, garment, None, float(shared[best]), rows[best])


def match_all(samples: list[Sample], rows: list[dict], threshold: float) -> list[Case]:
    found = rows_by_photo(rows)
    return [c for s in samples for c in match_photo(s, found.get(s.identifier, []), threshold)]


def confusion(cases: Iterable[Case]) -> np.ndarray:
    """int [14, 14]: rows predicted categories and "missed", columns true ones and "false alarm"."""
    last = len(CATEGORIES)
    table = np.zeros((last + 1, last + 1), int)
    for case in cases:
        predicted = last if case.row is None else case.row["category_id"] - 1
        true = last if case.garment is None else case.garment.category - 1
        table[predicted, true] += 1
    return table


def worst_misses(cases: list[Case], count: int) -> list[Case]:
    """Those that left the least trace first, and of equal ones the largest garment."""

    def key(case: Case) -> tuple[float, float]:
        share = case.garment.area / (case.sample.width * case.sample.height)
        return (case.near["score"] if case.near else 0.0, -share)

    return sorted((c for c in cases if c.outcome == "missed"), key=key)[:count]


def worst_alarms(cases: list[Case], count: int) -> list[Case]:
    """The highest score first."""
    alarms = [c for c in cases if c.outcome == "false alarm"]
    return sorted(alarms, key=lambda c: -c.row["score"])[:count]


def confused_pairs(
    cases: list[Case], count: int, each: int = 3
) -> list[tuple[int, int, int, list[Case]]]:
    """(true, predicted, how often, cases), the most frequent pair first.

    At most `each` cases a pair, the highest score first, and `count` in all.
    """
    confused = [c for c in cases if c.outcome == "confused"]
    pairs = Counter((c.garment.category, c.row["category_id"]) for c in confused)
    result = []
    for (true, predicted), often in sorted(pairs.items(), key=lambda p: (-p[1], p[0])):
        mine = [
            c for c in confused if (c.garment.category, c.row["category_id"]) == (true, predicted)
        ]
        mine = sorted(mine, key=lambda c: -c.row["score"])[: min(each, count)]
        if not mine:
            break
        count -= len(mine)
        result.append((true, predicted, often, mine))
    return result
