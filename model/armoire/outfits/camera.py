"""Another camera: relights, blurs and recompresses a crop, so that no photo can be told by it.

Garments of one photo share its light, lens and compression. A model that learns these has learnt
nothing about outfits; so each crop of a look is taken "by another camera" on its own.
"""

import cv2
import numpy as np

from armoire.retrieval.views import recompress, trim


def fill_outside(crop: np.ndarray) -> np.ndarray:
    """The crop uint8 [h, w, 4] with its mean colour wherever it is transparent.

    Blur and compression mix neighbouring pixels; what lies beside the garment must not come in.
    """
    inside = crop[..., 3] > 127
    filled = crop.copy()
    if inside.any():
        filled[~inside, :3] = crop[inside, :3].mean(0).astype(np.uint8)
    return filled


def erode(crop: np.ndarray, pixels: int) -> np.ndarray:
    """Takes an edge of so many pixels off the mask, where skin and neighbouring garments show."""
    if pixels < 1:
        return crop
    kernel = np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)
    alpha = cv2.erode(cv2.copyMakeBorder(crop[..., 3], *[1] * 4, cv2.BORDER_CONSTANT), kernel)
    alpha = alpha[1:-1, 1:-1]
    if (alpha > 127).sum() < 0.3 * (crop[..., 3] > 127).sum():
        return crop
    return trim(np.dstack([crop[..., :3], alpha]))


def retake(crop: np.ndarray, rng) -> np.ndarray:
    """A crop uint8 [h, w, 4] → as another camera would have taken it.

    Its edge is taken off, white balance, exposure and gamma change, then size, sharpness, noise and
    JPEG quality; it may be mirrored.
    """
    edge = round(rng.uniform(0.01, 0.035) * max(crop.shape[:2]))
    crop = fill_outside(erode(crop, max(1, edge)))
    size = rng.uniform(64, 260) / max(crop.shape[:2])
    shape = [max(8, round(v * size)) for v in crop.shape[1::-1]]
    crop = cv2.resize(crop, shape, interpolation=cv2.INTER_AREA if size < 1 else cv2.INTER_LINEAR)
    light = (crop[..., :3] / 255.0) ** rng.uniform(0.75, 1.3)
    light = light * np.exp(rng.normal(0, 0.07, 3)) * rng.uniform(0.7, 1.2) * 255
    light += rng.normal(0, 1, light.shape) * rng.uniform(0, 8)
    photo = np.clip(light, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        photo = cv2.GaussianBlur(photo, (0, 0), rng.uniform(0.3, 1.5))
    photo = recompress(photo, int(rng.integers(30, 92)))
    taken = np.dstack([photo, np.where(crop[..., 3] > 127, 255, 0).astype(np.uint8)])
    return np.ascontiguousarray(taken[:, ::-1] if rng.random() < 0.5 else taken)
