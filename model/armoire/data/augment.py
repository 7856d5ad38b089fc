"""Augmentation of training photos: geometry, copy-paste, colour jitter, blur, noise.

Images are uint8 [H, W, 3] RGB, masks uint8 [H, W] of 0 or 1, boxes x1, y1, x2, y2 in pixels.
The strengths are the `[augment]` table of a configuration.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from armoire.data.landmarks import move_landmarks, to_channels
from armoire.data.masks import draw_mask
from armoire.data.sample import Garment
from armoire.landmarks import CHANNELS
from armoire.photo import MEAN

# Side in pixels of the mini-masks that training keeps instead of full masks.
MINI_MASK_SIDE = 56
# A garment of which less than this share stays visible becomes an ignore region.
MIN_VISIBLE = 0.3


@dataclass
class AugmentConfig:
    """Input size and strengths; 0 switches an augmentation off, as does a scale range of 1 to 1."""

    # Long side of the network's input, in pixels.
    long_side: int = 320
    # Large-scale jitter: factors on the size that fills the input.
    scale_range: tuple[float, float] = (0.7, 1.4)
    # This share of the photos is scaled by a factor of `far_scale_range` instead.
    far_scale_prob: float = 0.0
    far_scale_range: tuple[float, float] = (0.3, 2.0)
    rotation_degrees: float = 6.0
    # Photos of rare categories are turned further and get Gaussian noise (in grey levels).
    rare_rotation_degrees: float = 25.0
    rare_noise_std: float = 8.0
    colour_jitter: float = 0.25
    # Probabilities of a blur, of JPEG artefacts, and of a garment pasted from a shop photo.
    blur_prob: float = 0.15
    copy_paste_prob: float = 0.3


@dataclass
class Augmented:
    """A photo while it is augmented.

    `masks` are of the image's size; `full_areas` are the garments' areas in pixels before anything
    was cut off or covered; `ignore` float32 [K, 4].
    """

    image: np.ndarray
    masks: list[np.ndarray]
    labels: list[int]
    full_areas: list[float]
    ignore: np.ndarray
    # Which garments' masks, and boxes, are good enough to learn from (None: all).
    masked: list[bool] | None = None
    boxed: list[bool] | None = None
    # The garments' landmarks on shared channels, float32 [C, 3] each (None: none).
    landmarks: list[np.ndarray] | None = None

    def __post_init__(self):
        if self.landmarks is None:
            self.landmarks = [no_landmarks() for _ in self.masks]
        self.masked = [True] * len(self.masks) if self.masked is None else self.masked
        self.boxed = [True] * len(self.masks) if self.boxed is None else self.boxed


def random_affine(shape, config: AugmentConfig, rng, rotation: float):
    """Random scale, rotation (degrees), shift and flip.

    → the 2×3 matrix from photo to image, and the image's (width, height).
    """
    height, width = shape[:2]
    fit = config.long_side / max(height, width)
    size = (round(width * fit), round(height * fit))
    # Without far scales nothing is drawn for them, so that older runs resume with their pictures.
    far = config.far_scale_prob > 0 and rng.random() < config.far_scale_prob
    scale_range = config.far_scale_range if far else config.scale_range
    scale = fit * np.exp(rng.uniform(*np.log(scale_range)))
    turn = np.deg2rad(rng.uniform(-rotation, rotation))
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    matrix = np.float64([[cos, -sin, 0], [sin, cos, 0]])
    if rng.random() < 0.5:
        matrix[:, 0] *= -1
    centre = matrix[:, :2] @ (width / 2, height / 2)
    slack = np.abs(np.float64(size) - scale * np.float64([width, height])) / 2
    matrix[:, 2] = np.float64(size) / 2 - centre + rng.uniform(-1, 1, 2) * slack
    return matrix, size


def no_landmarks() -> np.ndarray:
    """Of a garment of which none is labelled: float32 [C, 3]."""
    return np.zeros((len(CHANNELS), 3), np.float32)


def garment_landmarks(garment: Garment, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A garment's landmarks, moved by `matrix`, on shared channels: float32 [C, 3]."""
    found = garment.extra.get("landmarks")
    if found is None:
        return no_landmarks()
    return move_landmarks(to_channels(found, garment.category), matrix, size)


def transform_boxes(boxes: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Boxes [K, 4] around the transformed corners of boxes [K, 4]."""
    if not len(boxes):
        return boxes
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    moved = corners @ matrix[:, :2].T + matrix[:, 2]
    return np.concatenate([moved.min(1), moved.max(1)], 1).astype(np.float32)


def warp(image: np.ndarray, garments: list[Garment], ignore, matrix, size) -> Augmented:
    """Applies `matrix` to a photo and its garments; the border is the padding colour."""
    warped = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderValue=MEAN)
    masks = [draw_mask(g.polygons, matrix, size) for g in garments]
    scale = abs(np.linalg.det(matrix[:, :2]))
    full_areas = [max(g.area * scale, 1.0) for g in garments]
    labels = [g.category for g in garments]
    masked, boxed = [g.masked for g in garments], [g.boxed for g in garments]
    moved = transform_boxes(ignore, matrix)
    landmarks = [garment_landmarks(g, matrix, size) for g in garments]
    return Augmented(warped, masks, labels, full_areas, moved, masked, boxed, landmarks)


def copy_paste(augmented: Augmented, image: np.ndarray, garment: Garment, rng) -> None:
    """Pastes a garment from another photo; masks below lose what it covers.

    Does nothing if the garment would be tiny or cover most of another one.
    """
    height, width = augmented.image.shape[:2]
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
    if mask.sum() < 200 or any((m & mask).sum() > 0.6 * max(m.sum(), 1) for m in augmented.masks):
        return
    moved = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (3, 3), 0)[..., None]
    augmented.image = (augmented.image * (1 - soft) + moved * soft).astype(np.uint8)
    augmented.masks = [m & (1 - mask) for m in augmented.masks]
    augmented.masks.append(mask)
    augmented.labels.append(garment.category)
    augmented.masked.append(garment.masked)
    augmented.boxed.append(garment.boxed)
    augmented.landmarks.append(garment_landmarks(garment, matrix, (width, height)))
    augmented.full_areas.append(max(garment.area * scale**2, 1.0))


def jitter_colour(image: np.ndarray, strength: float, rng) -> np.ndarray:
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


def degrade(image: np.ndarray, prob: float, rng) -> np.ndarray:
    """A blur and JPEG artefacts, each with probability `prob`, as phones add them."""
    if rng.random() < prob:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.6))
    if rng.random() < prob:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        image = cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_COLOR)
    return image


def add_noise(image: np.ndarray, std: float, rng) -> np.ndarray:
    """Gaussian noise in grey levels, as the method adds it for rare categories."""
    noise = rng.normal(0, std, image.shape).astype(np.float32)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def to_targets(augmented: Augmented) -> dict[str, np.ndarray]:
    """Training targets: boxes float32 [G, 4], labels int64 [G], minis uint8 [G, 56, 56], ignore.

    Boxes are tight around the visible masks. A garment that is mostly hidden becomes an ignore
    region [K, 4] instead. `masked` and `boxed` bool [G] say which masks and boxes to learn from.
    `landmarks` float32 [G, C, 3] are x, y and visibility on shared channels, 0 where not labelled.
    """
    boxes, labels, minis, ignore = [], [], [], [augmented.ignore]
    masked, boxed, landmarks = [], [], []
    garments = zip(
        augmented.masks,
        augmented.labels,
        augmented.full_areas,
        augmented.masked,
        augmented.boxed,
        augmented.landmarks,
        strict=True,
    )
    for mask, label, full_area, mask_known, box_known, points in garments:
        x, y, w, h = cv2.boundingRect(mask)
        if w < 4 or h < 4:
            continue
        box = (x, y, x + w, y + h)
        if mask.sum() < MIN_VISIBLE * full_area:
            ignore.append(np.float32([box]))
            continue
        part = mask[y : y + h, x : x + w].astype(np.float32)
        side = (MINI_MASK_SIDE, MINI_MASK_SIDE)
        mini = cv2.resize(part, side, interpolation=cv2.INTER_AREA) >= 0.5
        boxes.append(box)
        labels.append(label)
        minis.append(mini.astype(np.uint8))
        masked.append(mask_known)
        boxed.append(box_known)
        landmarks.append(points)
    return {
        "boxes": np.float32(boxes).reshape(-1, 4),
        "labels": np.int64(labels),
        "minis": np.uint8(minis).reshape(-1, MINI_MASK_SIDE, MINI_MASK_SIDE),
        "masked": np.array(masked, bool),
        "boxed": np.array(boxed, bool),
        "landmarks": np.float32(landmarks).reshape(-1, len(CHANNELS), 3),
        "ignore": np.concatenate(ignore).astype(np.float32).reshape(-1, 4),
    }
