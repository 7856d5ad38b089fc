"""Crops of garments with rough masks, as the outline network learns from them.

A rough mask is what the parser found, or a garment's own outline at the parser's resolution; either
is spoiled at random, since on photos that it learned from the parser is too good.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from armoire.data.boxes import MATCH_IOU, box_iou
from armoire.data.masks import draw_mask
from armoire.data.sample import Garment, Sample
from armoire.photo import MEAN

# The parser's masks have as many cells each way.
CELLS = 28
# Around a rough mask, as a share of its long side.
MARGIN = 0.1
# Finer pixels than these are not made up.
MAX_ENLARGED = 2.0


@dataclass
class Example:
    """A garment with a good outline. `box` [4] and `cells` [28, 28] (0–1) are the parser's find of
    it, or None; `others` those of its neighbours."""

    sample: Sample
    garment: Garment
    box: np.ndarray | None
    cells: np.ndarray | None
    others: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    @property
    def aspect(self) -> float:
        x1, y1, x2, y2 = self.garment.box
        return float((x2 - x1) / (y2 - y1))


def examples_of(sample: Sample, found: dict[str, np.ndarray], threshold: float) -> list[Example]:
    """The garments with good outlines of a photo, each with the detection that is nearest."""
    sure = found["scores"] >= threshold
    boxes, masks = found["boxes"][sure], found["masks"][sure].astype(np.float32)
    examples = []
    for garment in sample.garments:
        if not garment.masked:
            continue
        iou = box_iou(boxes, garment.box) if len(boxes) else np.zeros(0)
        best = int(iou.argmax()) if len(iou) and iou.max() >= MATCH_IOU else None
        others = [(boxes[i], masks[i]) for i in range(len(boxes)) if i != best and iou[i] < 0.8]
        found_box, cells = (None, None) if best is None else (boxes[best], masks[best])
        examples.append(Example(sample, garment, found_box, cells, others))
    return examples


def own_cells(garment: Garment, box: np.ndarray) -> np.ndarray:
    """A garment's outline as a perfect parser would give it within `box`: float32 [28, 28]."""
    fine = 8 * CELLS
    x, y = np.floor(box[:2])
    width, height = (int(v) for v in np.ceil(box[2:]) - (x, y))
    mask = 255 * draw_mask(garment.polygons, np.float64([[1, 0, -x], [0, 1, -y]]), (width, height))
    across, down = fine / np.maximum(box[2:] - box[:2], 1)
    matrix = np.float64([[across, 0, (x - box[0]) * across], [0, down, (y - box[1]) * down]])
    mask = warp(mask, matrix, (fine, fine), 0).astype(np.float32) / 255
    return cv2.resize(mask, (CELLS, CELLS), interpolation=cv2.INTER_AREA)


def spoil(box: np.ndarray, cells: np.ndarray, rng: np.random.Generator, strength: float):
    """Moves the box, and grows, eats, blurs and patches the mask: box and cells in [0, 1]."""
    size = np.tile(box[2:] - box[:2], 2)
    box = box + rng.normal(0, 0.018 * strength, 4).astype(np.float32) * size
    cells = cv2.GaussianBlur(cells, (0, 0), 0.2 + rng.random() * 0.9 * strength)
    cells = cells + smooth_noise(rng, 7) * rng.random() * 0.4 * strength
    if rng.random() < 0.4 * strength:
        patch(cells, rng)
    return box, np.clip(cells + rng.normal(0, 0.08 * strength), 0, 1).astype(np.float32)


def smooth_noise(rng: np.random.Generator, cells: int) -> np.ndarray:
    noise = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    return cv2.resize(noise, (CELLS, CELLS), interpolation=cv2.INTER_CUBIC)


def patch(cells: np.ndarray, rng: np.random.Generator) -> None:
    """Adds or takes away an ellipse on the outline."""
    rim = np.argwhere(cv2.dilate(cells, np.ones((3, 3))) - cv2.erode(cells, np.ones((3, 3))) > 0.5)
    if not len(rim):
        return
    y, x = rim[rng.integers(len(rim))]
    axes = (int(rng.integers(1, 5)), int(rng.integers(1, 4)))
    value = float(rng.random() < 0.5)
    cv2.ellipse(cells, (int(x), int(y)), axes, float(rng.random() * 180), 0, 360, value, -1)


def place_cells(cells: np.ndarray, box: np.ndarray, matrix: np.ndarray, size) -> np.ndarray:
    """A mask of cells within a box of the photo → probabilities float32 [H, W] in the crop.

    `matrix` 2×3 goes from photo to crop; `size` is its width and height.
    """
    cell = (box[2:] - box[:2]) / cells.shape[0]
    # The middle of the first cell has the coordinates 0, 0.
    inner = np.float32(
        [[cell[0], 0, box[0] + cell[0] / 2], [0, cell[1], box[1] + cell[1] / 2], [0, 0, 1]]
    )
    whole = np.vstack([matrix, [0, 0, 1]]) @ inner
    whole[:2, 2] -= 0.5
    return cv2.warpAffine(cells, whole[:2], size, flags=cv2.INTER_LINEAR)


def crop_matrix(bounds: np.ndarray, shape, side: int, margin: float, turn: float = 0.0):
    """2×3 matrix from a photo of `shape` to a crop about `bounds`, and the crop's width, height.

    Without a turn (degrees) the crop ends at the photo's edge.
    """
    x1, y1, x2, y2 = (float(v) for v in bounds)
    wide = margin * max(x2 - x1, y2 - y1)
    x1, y1 = max(0.0, x1 - wide), max(0.0, y1 - wide)
    x2, y2 = min(float(shape[1]), x2 + wide), min(float(shape[0]), y2 + wide)
    w, h = max(4.0, x2 - x1), max(4.0, y2 - y1)
    scale = min(side / max(w, h), MAX_ENLARGED)
    size = (max(16, round(w * scale)), max(16, round(h * scale)))
    matrix = cv2.getRotationMatrix2D(((x1 + x2) / 2, (y1 + y2) / 2), turn, scale)
    matrix[:, 2] += np.float64(size) / 2 - np.float64([(x1 + x2) / 2, (y1 + y2) / 2])
    return matrix, size


def warp(image: np.ndarray, matrix: np.ndarray, size, border=MEAN) -> np.ndarray:
    """The crop of a photo or a mask, uint8; shrunk by area first where it is much smaller."""
    scale = float(np.hypot(matrix[0, 0], matrix[0, 1]))
    if scale < 0.75:
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        back = np.diag([image.shape[1] / small.shape[1], image.shape[0] / small.shape[0]])
        matrix, image = np.hstack([matrix[:, :2] @ back, matrix[:, 2:]]), small
    # Places are counted from the corner of the first pixel, and OpenCV's from its middle.
    centred = matrix.copy()
    centred[:, 2] += matrix[:, :2] @ np.float64([0.5, 0.5]) - 0.5
    return cv2.warpAffine(image, centred, size, flags=cv2.INTER_LINEAR, borderValue=border)


def bounds_of(probabilities: np.ndarray, box: np.ndarray) -> np.ndarray:
    """What the cells above a half cover of their box, in the photo's pixels."""
    ys, xs = np.nonzero(probabilities >= 0.5)
    if not len(xs):
        return box
    cell = (box[2:] - box[:2]) / probabilities.shape[0]
    low = np.float32([xs.min(), ys.min()]) * cell + box[:2]
    high = np.float32([xs.max() + 1, ys.max() + 1]) * cell + box[:2]
    return np.concatenate([low, high])


def fine_mask(garment: Garment, shape, matrix: np.ndarray, size) -> np.ndarray:
    """A garment's outline in the crop of a photo of `shape`: uint8 [H, W], 0–255."""
    whole = np.eye(2, 3)
    return warp(255 * draw_mask(garment.polygons, whole, (shape[1], shape[0])), matrix, size, 0)
