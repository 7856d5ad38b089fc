"""Crops: garments found by the shipped parser and cut out by its masks, cached on disk.

A set of crops is kept in `runs/crops/NAME`, so that embedders are compared without parsing again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.data.boxes import MATCH_IOU, box_iou
from armoire.data.masks import paste_mask
from armoire.deploy.runtime import ShippedParser
from armoire.modeling.embedder import CROP_SIDE
from armoire.paths import RUNS
from armoire.retrieval import views

CACHE = RUNS / "crops"


def primary(found: dict, category: int | None = None) -> int | None:
    """Index of an item's primary garment: of its category, else the largest; None without any."""
    same = np.flatnonzero(found["labels"] == category)
    if len(same):
        return int(same[0])
    if not len(found["labels"]):
        return None
    size = found["boxes"][:, 2:] - found["boxes"][:, :2]
    return int(size.prod(1).argmax())


def garment_at(found: dict, box: np.ndarray) -> int | None:
    """Index of the garment that overlaps a box most; None if no IoU reaches .5."""
    if not len(found["labels"]):
        return None
    shared = box_iou(found["boxes"], box)
    return int(shared.argmax()) if shared.max() >= MATCH_IOU else None


class GarmentDetector:
    """The shipped parser as the server uses it: score threshold, class-agnostic NMS, masks."""

    def __init__(self, folder: Path):
        self.parse = ShippedParser(folder)
        entry = self.parse.manifest["parser"]
        self.score_threshold, self.nms_iou = entry["scoreThreshold"], entry["nmsIou"]
        # Caches are made anew when the file changes.
        self.identity = entry["sha256"][:12]

    def detect(self, photo: np.ndarray) -> dict[str, np.ndarray]:
        """Garments above the threshold, best first: boxes, scores, labels, masks uint8 [H, W]."""
        found = self.parse(photo)
        kept: list[int] = []
        masks = []
        for index in np.flatnonzero(found["scores"] >= self.score_threshold):
            box = found["boxes"][index]
            if kept and box_iou(found["boxes"][kept], box).max() > self.nms_iou:
                continue
            mask = paste_mask(found["masks"][index], box, *photo.shape[:2])
            if mask.any():
                kept.append(int(index))
                masks.append(mask)
        rest = {name: found[name][kept] for name in ("boxes", "scores", "labels")}
        return rest | {"masks": masks}

    def crop(self, photo: np.ndarray, found: dict, index: int | None) -> np.ndarray:
        """The crop uint8 [S, S, 4] of the garment at `index`; of the whole photo for None."""
        if index is None:
            whole = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
            return views.to_square(whole, CROP_SIDE)
        box = np.float32([0, 0, photo.shape[1], photo.shape[0]])
        return views.to_square(views.trim(views.cut(photo, found["masks"][index], box)), CROP_SIDE)


@dataclass
class Crops:
    """Crops uint8 [N, S, S, 4], a row of annotations for each, and rows of missed garments."""

    pixels: np.ndarray
    rows: list[dict]
    missed: list[dict]

    @property
    def found(self) -> float:
        """The share of the garments that the parser found."""
        return len(self.rows) / max(1, len(self.rows) + len(self.missed))

    def column(self, name: str) -> np.ndarray:
        """One annotation of all rows [N]."""
        return np.array([row[name] for row in self.rows])

    @property
    def labels(self) -> np.ndarray:
        """The categories that the parser named [N] uint8, 0 for whole photos."""
        return np.array([row["label"] for row in self.rows], np.uint8)

    @staticmethod
    def join(parts: list["Crops"]) -> "Crops":
        """Several sets as one."""
        rows = [row for part in parts for row in part.rows]
        missed = [row for part in parts for row in part.missed]
        return Crops(np.concatenate([part.pixels for part in parts]), rows, missed)

    def subset(self, wanted: Callable[[dict], bool]) -> "Crops":
        """The crops whose rows are wanted."""
        kept = [i for i, row in enumerate(self.rows) if wanted(row)]
        return Crops(self.pixels[kept], [self.rows[i] for i in kept], self.missed)


def cached(
    name: str, key: str, make: Callable[[], Iterable[tuple[dict, np.ndarray | None]]]
) -> Crops:
    """The set `name` from the cache, or made anew if it was cached under another `key`."""
    folder = CACHE / name
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    known = folder / "rows.json"
    if known.exists():
        table = json.loads(known.read_text())
        if table["key"] == digest:
            pixels = np.load(folder / "crops.npy", mmap_mode="r")
            return Crops(pixels, table["rows"], table["missed"])
    crops = gather(make())
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "crops.npy", crops.pixels)
    table = {"key": digest, "rows": crops.rows, "missed": crops.missed}
    known.write_text(json.dumps(table))
    return crops


def gather(pairs: Iterable[tuple[dict, np.ndarray | None]]) -> Crops:
    """(row, crop) → a set; rows without a crop are the missed ones."""
    pixels, rows, missed = [], [], []
    for row, crop in pairs:
        if crop is None:
            missed.append(row)
        else:
            rows.append(row)
            pixels.append(crop)
    return Crops(
        np.stack(pixels) if pixels else np.zeros((0, CROP_SIDE, CROP_SIDE, 4), np.uint8),
        rows,
        missed,
    )
