"""Categories, colours, and how a photo becomes the network's input."""

import cv2
import numpy as np
import torch
from torch import Tensor

# DeepFashion2's order; a category's number is its place here, counted from 1.
CATEGORIES = (
    "short sleeve top",
    "long sleeve top",
    "short sleeve outwear",
    "long sleeve outwear",
    "vest",
    "sling",
    "shorts",
    "trousers",
    "skirt",
    "short sleeve dress",
    "long sleeve dress",
    "vest dress",
    "sling dress",
)
# The names of dominant colours, in the data set's order.
COLOURS = (
    *("black", "white", "grey", "beige", "brown", "red", "orange"),
    *("yellow", "green", "blue", "navy", "purple", "pink"),
)
# Caffe's ImageNet means, RGB. Whole numbers, so that padding in this colour is 0 normalised.
MEAN = (123, 117, 104)
STD = 58.0
# The coarsest stride of the backbone: inputs are padded to a multiple of it.
STRIDE = 32
# Long side in pixels of the shipped parser's input.
LONG_SIDE = 352


def normalise(image: Tensor) -> Tensor:
    """uint8 [B, H, W, 3] RGB → float32 [B, 3, H, W], mean 0, standard deviation about 1."""
    mean = torch.tensor(MEAN, dtype=torch.float32, device=image.device)
    return ((image.float() - mean) / STD).permute(0, 3, 1, 2)


def round_up(size: int) -> int:
    """Pixels, rounded up to a multiple of the stride."""
    return -(-size // STRIDE) * STRIDE


def letterbox(image: np.ndarray, long_side: int) -> tuple[np.ndarray, float]:
    """uint8 [H, W, 3] → resized to `long_side` pixels and padded right and below; and the scale.

    The padded sides are multiples of the stride. Boxes of the result divided by the scale are in
    pixels of the original.
    """
    scale = long_side / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(image, size, interpolation=mode)
    padded = np.empty((round_up(size[1]), round_up(size[0]), 3), np.uint8)
    padded[:] = MEAN
    padded[: size[1], : size[0]] = resized
    return padded, scale
