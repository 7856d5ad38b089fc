"""A photo and its annotated garments, whichever format they were read from."""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np


@dataclass
class Garment:
    """An annotated garment, in pixels of the photo.

    `box` float32 [4] is x1, y1, x2, y2; `polygons` are float32 [P, 2] of x, y; `category` is 1–13,
    `area` square pixels. `extra` holds what one format alone has, such as colour or occlusion.
    """

    category: int
    box: np.ndarray
    polygons: list[np.ndarray]
    area: float
    identifier: int = 0
    extra: dict = field(default_factory=dict)
    # Whether the outline, and the box, are good enough to learn from.
    masked: bool = True
    boxed: bool = True


@dataclass
class Sample:
    """A photo and what is annotated on it.

    `source` is "user" (a street photo) or "shop". `regions` are ignore regions as compressed RLE,
    used by evaluation; `ignore` float32 [K, 4] are boxes around their connected parts, used by
    training.
    """

    path: Path
    identifier: int
    width: int
    height: int
    source: str
    garments: list[Garment]
    ignore: np.ndarray
    regions: list[dict] = field(default_factory=list)


def read_rgb(path: Path) -> np.ndarray:
    """uint8 [H, W, 3] RGB; raises ValueError naming a file that cannot be decoded."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError(f"{path}: not a readable image")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
