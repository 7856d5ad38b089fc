"""Which detection belongs to which garment, after suppression as the server does it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from pycocotools import mask as rle_tools

from armoire.data.boxes import MATCH_IOU, box_iou, xywh_to_xyxy
from armoire.data.sample import Garment, Sample
from armoire.evaluation.predict import rows_by_photo
from armoire.manifest import NMS_IOU
from armoire.photo import CATEGORIES

# COCO's rule for crowds, by masks: half of the detection is inside the region.
CROWD_SHARE = 0.5
# By boxes: a detection with more than this IoU with an ignore region is not counted.
IGNORE_IOU = 0.3


@dataclass(frozen=True)
class Case:
    """A garment with its detection, a garment alone (missed) or a detection alone (false alarm).

    `iou` is that of their boxes. `near` explains a failure: for a missed garment the best detection
    on it (its score too low, or matched to another garment), for a false alarm the garment that it
    overlaps most. `iou` is then that with `near`.
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


def nms(rows: list[dict]) -> list[dict]:
    """Class-agnostic non-maximum suppression of one photo's detections → those kept, best first."""
    kept: list[dict] = []
    for row in sorted(rows, key=lambda r: -r["score"]):
        boxes = np.float32([xywh_to_xyxy(k["bbox"]) for k in kept]).reshape(-1, 4)
        if not len(boxes) or box_iou(boxes, xywh_to_xyxy(row["bbox"])).max() <= NMS_IOU:
            kept.append(row)
    return kept


def judge(sample: Sample, rows: list[dict]) -> list[tuple[dict, bool]]:
    """(detection, correct) for one photo after suppression; those in ignore regions are left out.

    Correct means: on a free garment of the same category at IoU .5.
    """
    open_garments = list(sample.garments)
    result = []
    for row in nms(rows):
        box = xywh_to_xyxy(row["bbox"])
        same = [g for g in open_garments if g.category == row["category_id"]]
        shared = [float(box_iou(g.box[None], box)[0]) for g in same]
        if shared and max(shared) >= MATCH_IOU:
            chosen = same[int(np.argmax(shared))]
            open_garments = [g for g in open_garments if g is not chosen]
            result.append((row, True))
        elif not any(box_iou(sample.ignore, box) > IGNORE_IOU):
            result.append((row, False))
    return result


def scored_outcomes(samples: list[Sample], rows: list[dict]) -> list[tuple[float, bool]]:
    """(score, correct) of every detection, as `judge` has it."""
    found = rows_by_photo(rows)
    pairs = [pair for s in samples for pair in judge(s, found.get(s.identifier, []))]
    return [(row["score"], correct) for row, correct in pairs]


def ignored(sample: Sample, row: dict) -> bool:
    """Whether a detection lies in one of the photo's ignore regions."""
    if not sample.regions:
        return False
    crowd = [1] * len(sample.regions)
    inside = rle_tools.iou([row["segmentation"]], sample.regions, crowd)
    return bool((inside >= CROWD_SHARE).any())


def shown(rows: list[dict], threshold: float) -> list[dict]:
    """One photo's detections as the server shows them, best first."""
    return nms([r for r in rows if r["score"] >= threshold])


def match_photo(sample: Sample, rows: list[dict], threshold: float) -> list[Case]:
    """One photo's cases. In order of score, each detection takes the free garment it overlaps most.

    Their IoU must be at least .5, their categories may differ. Detections below the threshold or
    suppressed take no part; false alarms in ignore regions are left out.
    """
    boxes = np.float32([g.box for g in sample.garments]).reshape(-1, 4)
    free = np.ones(len(boxes), bool)
    cases = []
    for row in shown(rows, threshold):
        shared = box_iou(boxes, xywh_to_xyxy(row["bbox"]))
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
    shared = box_iou(np.float32([xywh_to_xyxy(r["bbox"]) for r in rows]), garment.box)
    on_it = [i for i in range(len(rows)) if shared[i] >= MATCH_IOU]
    if not on_it:
        return Case(sample, garment, None, 0.0)
    best = max(on_it, key=lambda i: rows[i]["score"])
    return Case(sample, garment, None, float(shared[best]), rows[best])


def match_all(samples: list[Sample], rows: list[dict], threshold: float) -> list[Case]:
    """The cases of all photos."""
    found = rows_by_photo(rows)
    return [c for s in samples for c in match_photo(s, found.get(s.identifier, []), threshold)]


def confusion(cases: Iterable[Case]) -> np.ndarray:
    """int [14, 14]: predicted categories and "missed" by true categories and "false alarm"."""
    last = len(CATEGORIES)
    table = np.zeros((last + 1, last + 1), int)
    for case in cases:
        predicted = last if case.row is None else case.row["category_id"] - 1
        true = last if case.garment is None else case.garment.category - 1
        table[predicted, true] += 1
    return table


def worst_misses(cases: list[Case], count: int) -> list[Case]:
    """Missed garments, lowest score on them first; of equal ones the largest garment."""

    def key(case: Case) -> tuple[float, float]:
        share = case.garment.area / (case.sample.width * case.sample.height)
        return (case.near["score"] if case.near else 0.0, -share)

    return sorted((c for c in cases if c.outcome == "missed"), key=key)[:count]


def worst_alarms(cases: list[Case], count: int) -> list[Case]:
    """False alarms, highest score first."""
    alarms = [c for c in cases if c.outcome == "false alarm"]
    return sorted(alarms, key=lambda c: -c.row["score"])[:count]


def confused_pairs(
    cases: list[Case], count: int, each: int = 3
) -> list[tuple[int, int, int, list[Case]]]:
    """(true, predicted, how often, cases), the most frequent pair first.

    At most `each` cases a pair, highest score first, and `count` in all.
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
