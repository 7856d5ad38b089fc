"""A photo and its annotated garments, whichever format they were read from."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from pycocotools import mask as rle_tools


@dataclass
class Garment:
    """Box x1, y1, x2, y2 and polygons [P, 2], in pixels of the photo; category 1–13."""

    category: int
    box: np.ndarray
    polygons: list[np.ndarray]
    area: float
    identifier: int = 0
    extra: dict = field(default_factory=dict)


@dataclass
class Sample:
    """A photo's path and what is annotated on it.

    `ignore` float32 [K, 4] are boxes around the connected parts of `regions` (RLEs): training
    goes by the boxes, evaluation by the regions themselves.
    """

    path: Path
    identifier: int
    width: int
    height: int
    source: str
    garments: list[Garment]
    ignore: np.ndarray
    regions: list[dict] = field(default_factory=list)


def compress_rle(rle: dict) -> dict:
    """COCO RLE, compressed or not → compressed."""
    if isinstance(rle["counts"], list):
        rle = rle_tools.frPyObjects(rle, *rle["size"])
    return {"size": list(rle["size"]), "counts": rle["counts"]}


def decode_rle(rle: dict) -> np.ndarray:
    """COCO RLE, compressed or not → uint8 [H, W]."""
    return rle_tools.decode(compress_rle(rle))


def box_rle(box, height: int, width: int) -> dict:
    """A region that is only known by its box x, y, w, h, as compressed RLE."""
    x, y, w, h = (float(v) for v in box)
    polygon = [x, y, x + w, y, x + w, y + h, x, y + h]
    return rle_tools.merge(rle_tools.frPyObjects([polygon], height, width))


def mask_polygons(mask: np.ndarray) -> list[np.ndarray]:
    """Outer outlines of a mask's connected parts, float32 [P, 2] each."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [o[:, 0].astype(np.float32) for o in outlines if len(o) >= 3]


def polygon_points(segmentation: list[list[float]]) -> list[np.ndarray]:
    """COCO's flat lists → [P, 2] arrays; lists too short to hold an area are dropped."""
    polygons = [np.float32(flat).reshape(-1, 2) for flat in segmentation if len(flat) >= 6]
    return polygons


def part_boxes(mask: np.ndarray, smallest: int = 16) -> np.ndarray:
    """Boxes float32 [K, 4] of a mask's connected parts of at least `smallest` pixels."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:count] if area >= smallest]
    return np.float32(boxes).reshape(-1, 4)


def read_rgb(path: Path) -> np.ndarray:
    """uint8 [H, W, 3] RGB; raises ValueError naming a file that cannot be decoded."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError(f"{path}: not a readable image")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
