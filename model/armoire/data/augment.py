"""Photo and garments → a training picture: geometry, pasted garments, light, noise.

Pictures are uint8 [H, W, 3] RGB, masks uint8 [H, W] of 0 or 1.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from armoire.data.sample import Garment
from armoire.photo import MEAN

MINI = 56
# A garment of which less than this share is left in the picture is ignored, not learnt.
LEAST_VISIBLE = 0.3


@dataclass
class AugmentConfig:
    """Strengths; all zero (or one) means none."""

    side: int = 320
    zoom: tuple[float, float] = (0.7, 1.4)
    rotation: float = 6.0
    rare_rotation: float = 25.0
    rare_noise: float = 8.0
    colour: float = 0.25
    blur: float = 0.15
    paste: float = 0.3


@dataclass
class Picture:
    """An augmented photo: masks are full size; `seen` is each garment's area before hiding."""

    image: np.ndarray
    masks: list[np.ndarray]
    labels: list[int]
    seen: list[float]
    ignore: np.ndarray


def place_matrix(shape, config: AugmentConfig, rng, rotation: float):
    """A random zoom, turn, shift and flip: 2×3 matrix from photo to picture; (width, height)."""
    height, width = shape[:2]
    fit = config.side / max(height, width)
    size = (round(width * fit), round(height * fit))
    scale = fit * np.exp(rng.uniform(*np.log(config.zoom)))
    turn = np.deg2rad(rng.uniform(-rotation, rotation))
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    matrix = np.float64([[cos, -sin, 0], [sin, cos, 0]])
    if rng.random() < 0.5:
        matrix[:, 0] *= -1
    centre = matrix[:, :2] @ (width / 2, height / 2)
    slack = np.abs(np.float64(size) - scale * np.float64([width, height])) / 2
    matrix[:, 2] = np.float64(size) / 2 - centre + rng.uniform(-1, 1, 2) * slack
    return matrix, size


def draw_mask(polygons: list[np.ndarray], matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Union of polygons moved by `matrix` → uint8 [H, W]; `size` is width, height."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    for polygon in polygons:
        points = polygon @ matrix[:, :2].T + matrix[:, 2]
        cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 1, shift=4)
    return mask


def move_boxes(boxes: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Boxes around the moved corners of boxes [K, 4]."""
    if not len(boxes):
        return boxes
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    moved = corners @ matrix[:, :2].T + matrix[:, 2]
    return np.concatenate([moved.min(1), moved.max(1)], 1).astype(np.float32)


def place(image: np.ndarray, garments: list[Garment], ignore, matrix, size) -> Picture:
    """The photo seen through `matrix`; what lies outside it is the padding colour."""
    warped = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderValue=MEAN)
    masks = [draw_mask(g.polygons, matrix, size) for g in garments]
    scale = abs(np.linalg.det(matrix[:, :2]))
    seen = [max(g.area * scale, 1.0) for g in garments]
    labels = [g.category for g in garments]
    return Picture(warped, masks, labels, seen, move_boxes(ignore, matrix))


def paste(picture: Picture, image: np.ndarray, garment: Garment, rng) -> None:
    """Lays a garment from another photo over the picture; what it covers is hidden."""
    height, width = picture.image.shape[:2]
    x1, y1, x2, y2 = garment.box
    scale = rng.uniform(0.3, 0.75) * max(height, width) / max(x2 - x1, y2 - y1)
    turn = np.deg2rad(rng.uniform(-20, 20))
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    matrix = np.float64([[cos, -sin, 0], [sin, cos, 0]])
    if rng.random() < 0.5:
        matrix[:, 0] *= -1
    target = rng.uniform(0.15, 0.85, 2) * (width, height)
    matrix[:, 2] = target - matrix[:, :2] @ ((x1 + x2) / 2, (y1 + y2) / 2)
    mask = draw_mask(garment.polygons, matrix, (width, height))
    if mask.sum() < 200 or any((m & mask).sum() > 0.6 * max(m.sum(), 1) for m in picture.masks):
        return
    moved = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (3, 3), 0)[..., None]
    picture.image = (picture.image * (1 - soft) + moved * soft).astype(np.uint8)
    picture.masks = [m & (1 - mask) for m in picture.masks]
    picture.masks.append(mask)
    picture.labels.append(garment.category)
    picture.seen.append(max(garment.area * scale**2, 1.0))


def relight(image: np.ndarray, strength: float, rng) -> np.ndarray:
    """Random gain per channel, gamma and saturation."""
    if strength <= 0:
        return image
    levels = np.arange(256, dtype=np.float32) / 255
    gamma = np.exp(rng.uniform(-1, 1) * strength * 1.5)
    gain = np.exp(rng.uniform(-1, 1) * strength + rng.uniform(-1, 1, 3) * strength * 0.4)
    table = np.clip(levels[:, None] ** gamma * gain * 255, 0, 255).astype(np.uint8)
    image = cv2.LUT(image, table[None])
    if rng.random() < 0.5:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        keep = rng.uniform(0.4, 1.5)
        image = cv2.addWeighted(image, keep, grey, 1 - keep, 0)
    return image


def spoil(image: np.ndarray, chance: float, rng) -> np.ndarray:
    """Sometimes a blur or JPEG's blocks, as telephones and messengers make them."""
    if rng.random() < chance:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.6))
    if rng.random() < chance:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        image = cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_COLOR)
    return image


def add_noise(image: np.ndarray, deviation: float, rng) -> np.ndarray:
    """Additive Gaussian noise in grey levels: the recipe's, for rare categories."""
    noise = rng.normal(0, deviation, image.shape).astype(np.float32)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def to_targets(picture: Picture) -> dict[str, np.ndarray]:
    """Masks → boxes [G, 4], labels [G], mini-masks [G, 56, 56]; hidden garments join `ignore`."""
    boxes, labels, minis, ignore = [], [], [], [picture.ignore]
    for mask, label, seen in zip(picture.masks, picture.labels, picture.seen, strict=True):
        x, y, w, h = cv2.boundingRect(mask)
        if w < 4 or h < 4:
            continue
        box = (x, y, x + w, y + h)
        if mask.sum() < LEAST_VISIBLE * seen:
            ignore.append(np.float32([box]))
            continue
        part = mask[y : y + h, x : x + w].astype(np.float32)
        mini = cv2.resize(part, (MINI, MINI), interpolation=cv2.INTER_AREA) >= 0.5
        boxes.append(box)
        labels.append(label)
        minis.append(mini.astype(np.uint8))
    return {
        "boxes": np.float32(boxes).reshape(-1, 4),
        "labels": np.int64(labels),
        "minis": np.uint8(minis).reshape(-1, MINI, MINI),
        "ignore": np.concatenate(ignore).astype(np.float32).reshape(-1, 4),
    }
