"""Crops for the embedder: cut out as the server does, and augmented into photo-like views.

Crops are uint8 [h, w, 4] RGBA with alpha 0 or 255; masks uint8 [H, W] of 0 or 1.
"""

import cv2
import numpy as np

from armoire.modeling.detector import MASK_SIDE


def to_square(crop: np.ndarray, side: int) -> np.ndarray:
    """Fits a crop into side × side pixels, aspect kept, centred on transparent black."""
    scale = side / max(crop.shape[:2])
    width = min(side, max(1, round(crop.shape[1] * scale)))
    height = min(side, max(1, round(crop.shape[0] * scale)))
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(crop, (width, height), interpolation=mode)
    resized[..., 3] = np.where(resized[..., 3] >= 128, 255, 0)
    square = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = resized
    return square


def cut(photo: np.ndarray, mask: np.ndarray, box: np.ndarray) -> np.ndarray:
    """The box (x1, y1, x2, y2) of an RGB photo, with the mask as alpha."""
    height, width = photo.shape[:2]
    x1, y1 = (int(max(0, np.floor(v))) for v in box[:2])
    x2, y2 = int(min(width, np.ceil(box[2]))), int(min(height, np.ceil(box[3])))
    x2, y2 = max(x2, x1 + 1), max(y2, y1 + 1)
    return np.dstack([photo[y1:y2, x1:x2], mask[y1:y2, x1:x2] * np.uint8(255)])


def coarsen(alpha: np.ndarray, rng) -> np.ndarray:
    """An exact alpha [h, w] → as a parser predicts it: 28 × 28, slightly too large or small."""
    small = cv2.resize(alpha, (MASK_SIDE, MASK_SIDE), interpolation=cv2.INTER_AREA) / 255.0
    small = cv2.GaussianBlur(small, (3, 3), 0.6).astype(np.float32)
    large = cv2.resize(small, alpha.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(large >= rng.uniform(0.35, 0.65), 255, 0).astype(np.uint8)


def deform(crop: np.ndarray, rng) -> np.ndarray:
    """Perspective, rotation by up to 15 degrees, and waves as in worn cloth; nothing is cut off."""
    height, width = crop.shape[:2]
    pad = int(0.25 * max(height, width))
    crop = cv2.copyMakeBorder(crop, pad, pad, pad, pad, cv2.BORDER_CONSTANT)
    tall, wide = crop.shape[:2]
    corners = np.float32(
        [[pad, pad], [wide - pad, pad], [wide - pad, tall - pad], [pad, tall - pad]]
    )
    moved = corners + (rng.uniform(-0.1, 0.1, (4, 2)) * [width, height]).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), rng.uniform(-15, 15), 1)
    matrix = np.vstack([turn, [0, 0, 1]]) @ matrix
    ys, xs = np.mgrid[:tall, :wide].astype(np.float32)
    depth = rng.uniform(0, 0.035, 2) * [width, height]
    pace, phase = rng.uniform(0.5, 1.7, 2), rng.uniform(0, 2 * np.pi, 2)
    xs2 = xs + depth[0] * np.sin(2 * np.pi * pace[0] * ys / tall + phase[0])
    ys2 = ys + depth[1] * np.sin(2 * np.pi * pace[1] * xs / wide + phase[1])
    crop = cv2.warpPerspective(crop, matrix, (wide, tall))
    crop = cv2.remap(crop, xs2.astype(np.float32), ys2.astype(np.float32), cv2.INTER_LINEAR)
    return trim(crop)


def trim(crop: np.ndarray) -> np.ndarray:
    """A crop without its transparent margins."""
    x, y, w, h = cv2.boundingRect((crop[..., 3] > 127).astype(np.uint8))
    return crop[y : y + h, x : x + w] if w and h else crop


def jitter_light(colours: np.ndarray, rng) -> np.ndarray:
    """Random exposure, gamma and colour temperature; uint8 [h, w, 3]."""
    warm = rng.uniform(0.88, 1.12)
    light = (colours / 255.0) ** rng.uniform(0.78, 1.28) * rng.uniform(0.72, 1.22)
    return np.clip(light * [warm, 1, 2 - warm] * 255, 0, 255).astype(np.uint8)


def occlude(alpha: np.ndarray, rng) -> np.ndarray:
    """Clears an ellipse of the alpha [h, w], as if something stood in front of the garment."""
    height, width = alpha.shape
    axes = rng.uniform(0.07, 0.23, 2) * [width, height]
    centre = rng.uniform(0, 1, 2) * [width, height]
    hidden = alpha.copy()
    cv2.ellipse(
        hidden,
        tuple(int(v) for v in centre),
        tuple(max(1, int(v)) for v in axes),
        rng.uniform(0, 180),
        0,
        360,
        0,
        -1,
    )
    return hidden if (hidden > 127).sum() > 0.5 * (alpha > 127).sum() else alpha


def worn_view(crop: np.ndarray, scenery: np.ndarray, rng) -> np.ndarray:
    """A photo-like view of a garment, cut out by a coarse mask as a parser's would be.

    `scenery` uint8 [h, w, 3] is any picture; it is seen where the mask is too large.
    """
    crop = deform(crop, rng)
    size = rng.uniform(110, 420) / max(crop.shape[:2])
    shape = [max(8, round(v * size)) for v in crop.shape[1::-1]]
    crop = cv2.resize(crop, shape, interpolation=cv2.INTER_AREA)
    alpha = occlude(crop[..., 3], rng) if rng.random() < 0.6 else crop[..., 3]
    soft = (cv2.GaussianBlur(alpha, (3, 3), 0) / 255.0)[..., None]
    behind = cv2.resize(scenery, shape)
    photo = (jitter_light(crop[..., :3], rng) * soft + behind * (1 - soft)).astype(np.uint8)
    if rng.random() < 0.5:
        photo = cv2.GaussianBlur(photo, (3, 3), rng.uniform(0.3, 1.2))
    photo = recompress(photo, int(rng.integers(40, 90)))
    return trim(np.dstack([photo, coarsen(alpha, rng)]))


def worn_photo(crop: np.ndarray, scene: np.ndarray, rng) -> tuple[np.ndarray, np.ndarray]:
    """A garment pasted into a street photo → uint8 [H, W, 3] and its visible box x1, y1, x2, y2.

    Unlike with `worn_view`, cutting it out again is left to the parser.
    """
    crop = deform(crop, rng)
    height, width = scene.shape[:2]
    scale = min(rng.uniform(0.3, 0.8) * height / crop.shape[0], 0.95 * width / crop.shape[1])
    size = [max(8, round(v * scale)) for v in crop.shape[1::-1]]
    crop = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    alpha = occlude(crop[..., 3], rng) if rng.random() < 0.6 else crop[..., 3]
    left = int(rng.integers(0, max(1, width - size[0] + 1)))
    top = int(rng.integers(0, max(1, height - size[1] + 1)))
    photo = scene.copy()
    place = photo[top : top + size[1], left : left + size[0]]
    soft = (cv2.GaussianBlur(alpha, (3, 3), 0) / 255.0)[: place.shape[0], : place.shape[1], None]
    lit = jitter_light(crop[..., :3], rng)[: place.shape[0], : place.shape[1]]
    place[:] = (lit * soft + place * (1 - soft)).astype(np.uint8)
    if rng.random() < 0.5:
        photo = cv2.GaussianBlur(photo, (3, 3), rng.uniform(0.3, 1.2))
    x, y, w, h = cv2.boundingRect((alpha > 127).astype(np.uint8))
    box = np.float32([left + x, top + y, left + x + w, top + y + h])
    return recompress(photo, int(rng.integers(40, 90))), box


def recolour(crop: np.ndarray, rng) -> np.ndarray:
    """The garment in another colour: hue, saturation and lightness change, folds stay."""
    hue, saturation, value = cv2.split(cv2.cvtColor(crop[..., :3], cv2.COLOR_RGB2HSV))
    hue = ((hue.astype(int) + rng.integers(0, 180)) % 180).astype(np.uint8)
    dyed = np.clip(saturation * rng.uniform(0.3, 1.5) + rng.uniform(0, 120), 0, 255)
    lit = np.clip((value / 255.0) ** rng.uniform(0.4, 1.8) * 255 * rng.uniform(0.6, 1), 0, 255)
    parts = cv2.merge([hue, dyed.astype(np.uint8), lit.astype(np.uint8)])
    return np.dstack([cv2.cvtColor(parts, cv2.COLOR_HSV2RGB), crop[..., 3]])


def recompress(photo: np.ndarray, quality: int) -> np.ndarray:
    """Through JPEG and back."""
    coded = cv2.imencode(".jpg", photo, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)
