"""How a photo becomes the network's input: the one place for its constants."""

import torch
from torch import Tensor

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
# RGB; Caffe's ImageNet means, whole numbers, so that padding in this colour is exactly zero inside.
MEAN = (123, 117, 104)
STD = 58.0
MULTIPLE = 32


def normalise(image: Tensor) -> Tensor:
    """uint8 [B, H, W, 3] RGB → float32 [B, 3, H, W], zero mean, about unit deviation."""
    mean = torch.tensor(MEAN, dtype=torch.float32, device=image.device)
    return ((image.float() - mean) / STD).permute(0, 3, 1, 2)


def round_up(size: int) -> int:
    """The next multiple of the network's stride, in pixels."""
    return -(-size // MULTIPLE) * MULTIPLE
