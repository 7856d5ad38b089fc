"""Masks: run-length encoding (RLE), polygons, and pasting a mask head's output into a photo.

Masks are uint8 [H, W] of 0 or 1.
"""

import cv2
import numpy as np
from pycocotools import mask as rle_tools

from armoire.manifest import MASK_THRESHOLD


def compress_rle(rle: dict) -> dict:
    """COCO RLE, compressed or not → compressed."""
    if isinstance(rle["counts"], list):
        rle = rle_tools.frPyObjects(rle, *rle["size"])
    return {"size": list(rle["size"]), "counts": rle["counts"]}


def decode_rle(rle: dict) -> np.ndarray:
    """COCO RLE, compressed or not → uint8 [H, W]."""
    return rle_tools.decode(compress_rle(rle))


def box_rle(box, height: int, width: int) -> dict:
    """A box x, y, w, h as compressed RLE."""
    x, y, w, h = (float(v) for v in box)
    polygon = [x, y, x + w, y, x + w, y + h, x, y + h]
    return rle_tools.merge(rle_tools.frPyObjects([polygon], height, width))


def mask_polygons(mask: np.ndarray) -> list[np.ndarray]:
    """Outer outlines of a mask's connected parts, float32 [P, 2] each."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [o[:, 0].astype(np.float32) for o in outlines if len(o) >= 3]


def polygon_points(segmentation: list[list[float]]) -> list[np.ndarray]:
    """COCO's flat lists of x, y → float32 [P, 2]; lists too short to hold an area are dropped."""
    return [np.float32(flat).reshape(-1, 2) for flat in segmentation if len(flat) >= 6]


def part_boxes(mask: np.ndarray, smallest: int = 16) -> np.ndarray:
    """Boxes float32 [K, 4] of a mask's connected parts of at least `smallest` pixels."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:count] if area >= smallest]
    return np.float32(boxes).reshape(-1, 4)


def draw_mask(polygons: list[np.ndarray], matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Union of polygons [P, 2] moved by a 2×3 matrix → uint8 [H, W]; `size` is width, height."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    for polygon in polygons:
        points = polygon @ matrix[:, :2].T + matrix[:, 2]
        cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 1, shift=4)
    return mask


def paste_mask(
    mask: np.ndarray, box: np.ndarray, height: int, width: int, threshold: float = MASK_THRESHOLD
) -> np.ndarray:
    """A mask head's float [M, M] (0–1) inside its box (x1, y1, x2, y2) → uint8 [height, width]."""
    side = mask.shape[-1]
    x1, y1, x2, y2 = (float(v) for v in box)
    xs = (np.arange(width) + 0.5 - x1) / max(x2 - x1, 1e-3) * side - 0.5
    ys = (np.arange(height) + 0.5 - y1) / max(y2 - y1, 1e-3) * side - 0.5
    grid_x, grid_y = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    pasted = cv2.remap(
        mask.astype(np.float32), grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    return (pasted >= threshold).astype(np.uint8)
