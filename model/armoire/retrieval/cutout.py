"""Garments found by the shipped parser and cut out by its masks, as the server does; kept on disk.

A collection of crops lies in `runs/crops/NAME`: embedders are then compared without parsing again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.deploy.runtime import ShippedParser
from armoire.modeling.embedder import SIDE
from armoire.retrieval import views
from armoire.training.config import MODEL

CROPS = MODEL / "runs" / "crops"


def overlap(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """IoU of boxes [N, 4] with one box."""
    low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
    shared = np.clip(high - low, 0, None).prod(1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1) + (box[2:] - box[:2]).prod()
    return shared / np.maximum(areas - shared, 1e-6)


def primary(found: dict, category: int | None = None) -> int | None:
    """The garment that an item stands for: of its category, else the largest; None if none."""
    same = np.flatnonzero(found["labels"] == category)
    if len(same):
        return int(same[0])
    if not len(found["labels"]):
        return None
    size = found["boxes"][:, 2:] - found["boxes"][:, :2]
    return int(size.prod(1).argmax())


def asked_for(found: dict, box: np.ndarray) -> int | None:
    """The garment that overlaps a query's box best, by at least a half."""
    if not len(found["labels"]):
        return None
    shared = overlap(found["boxes"], box)
    return int(shared.argmax()) if shared.max() >= 0.5 else None


class Eye:
    """The shipped parser as the server uses it: threshold, suppression across categories."""

    def __init__(self, folder: Path):
        self.parse = ShippedParser(folder)
        entry = self.parse.manifest["parser"]
        self.threshold, self.limit = entry["scoreThreshold"], entry["nmsIou"]
        self.identity = entry["sha256"][:12]

    def find(self, photo: np.ndarray) -> dict[str, np.ndarray]:
        """The confident garments, best first, with masks uint8 [H, W] of the photo."""
        found = self.parse(photo)
        kept: list[int] = []
        masks = []
        for index in np.flatnonzero(found["scores"] >= self.threshold):
            box = found["boxes"][index]
            if kept and overlap(found["boxes"][kept], box).max() > self.limit:
                continue
            mask = views.paste_mask(found["masks"][index], box, *photo.shape[:2])
            if mask.any():
                kept.append(int(index))
                masks.append(mask)
        rest = {name: found[name][kept] for name in ("boxes", "scores", "labels")}
        return rest | {"masks": masks}

    def crop(self, photo: np.ndarray, found: dict, index: int | None) -> np.ndarray:
        """The garment at `index` on a square; the whole photo if there is none."""
        if index is None:
            whole = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
            return views.to_square(whole, SIDE)
        box = np.float32([0, 0, photo.shape[1], photo.shape[0]])
        return views.to_square(views.trim(views.cut(photo, found["masks"][index], box)), SIDE)


@dataclass
class Crops:
    """Crops uint8 [N, SIDE, SIDE, 4] and what is known of each; `missed` are rows without one."""

    pixels: np.ndarray
    rows: list[dict]
    missed: list[dict]

    @property
    def found(self) -> float:
        """The share of the garments asked for that the parser found."""
        return len(self.rows) / max(1, len(self.rows) + len(self.missed))

    def column(self, name: str) -> np.ndarray:
        return np.array([row[name] for row in self.rows])

    @staticmethod
    def join(parts: list["Crops"]) -> "Crops":
        rows = [row for part in parts for row in part.rows]
        missed = [row for part in parts for row in part.missed]
        return Crops(np.concatenate([part.pixels for part in parts]), rows, missed)

    def part(self, wanted: Callable[[dict], bool]) -> "Crops":
        kept = [i for i, row in enumerate(self.rows) if wanted(row)]
        return Crops(self.pixels[kept], [self.rows[i] for i in kept], self.missed)


def cached(
    name: str, key: str, make: Callable[[], Iterable[tuple[dict, np.ndarray | None]]]
) -> Crops:
    """The collection `name`, made anew if it was made under another `key`."""
    folder = CROPS / name
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
    pixels, rows, missed = [], [], []
    for row, crop in pairs:
        if crop is None:
            missed.append(row)
        else:
            rows.append(row)
            pixels.append(crop)
    return Crops(
        np.stack(pixels) if pixels else np.zeros((0, SIDE, SIDE, 4), np.uint8), rows, missed
    )
