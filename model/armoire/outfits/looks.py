"""Looks: the garments that one person wears in a street photo."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.data.boxes import box_iou
from armoire.data.coco import read_coco
from armoire.data.masks import draw_mask
from armoire.data.sample import Garment, Sample

SAME = np.float64([[1, 0, 0], [0, 1, 0]])
# Most labelled garments of these splits are worn by the person in front; where one is not, it says.
WEARER_UNSAID = "main"


@dataclass(frozen=True)
class Piece:
    """A garment of a look; `photo` is its photo's file name, `category` is 1–13."""

    photo: str
    split: str
    garment: int
    category: int
    colour: str


def worn_by_main(garment: Garment) -> bool:
    """Whether the person in front wears it."""
    return garment.extra.get("wearer", WEARER_UNSAID) == "main"


def has_outline(garment: Garment) -> bool:
    """Whether it is annotated with an outline; the polygon of one without is its box."""
    return garment.extra.get("mask", "good") != "none"


def street_samples(root: Path, split: str) -> list[Sample]:
    """Street photos of a split with the garments of the person in front alone."""
    samples = [s for s in read_coco(root, split) if s.source == "user"]
    for sample in samples:
        sample.garments = [g for g in sample.garments if worn_by_main(g)]
    return [s for s in samples if s.garments]


def piece_of(sample: Sample, garment: Garment, split: str) -> Piece:
    """The row of a garment."""
    colour = garment.extra.get("colour") or ""
    return Piece(sample.path.name, split, garment.identifier, garment.category, colour)


def masks_of(sample: Sample, size: tuple[int, int], found: dict | None) -> list[np.ndarray | None]:
    """The mask uint8 [H, W] of each garment of a photo; `size` is its width and height.

    A garment without an outline takes the parser's mask (`found`) whose box fits its own, and has
    none otherwise: cut out by its box it would show the other garments of its look.
    A pixel that two garments claim belongs to neither, for the same reason.
    """
    masks = [
        draw_mask(g.polygons, SAME, size) if has_outline(g) else _found_mask(g, found)
        for g in sample.garments
    ]
    claims = sum(
        (m.astype(np.uint8) for m in masks if m is not None), np.zeros(size[::-1], np.uint8)
    )
    return [None if m is None else np.where(claims > 1, 0, m).astype(np.uint8) for m in masks]


def _found_mask(garment: Garment, found: dict | None) -> np.ndarray | None:
    if found is None or not len(found["labels"]):
        return None
    shared = box_iou(found["boxes"], garment.box)
    return found["masks"][int(shared.argmax())] if shared.max() >= 0.5 else None
