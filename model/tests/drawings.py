"""Small photos, annotations and networks that the tests make themselves."""

import json
from pathlib import Path

import cv2
import numpy as np
import torch

from armoire.modeling.detector import NetworkConfig, Parser

# Of a run's configuration: a network that is trained in seconds.
TINY_NETWORK = """
[network]
depth = 18
width = 0.25
fpn = 16
box_hidden = 16
mask_channels = 8
mask_convs = 1
proposals_train = 20
proposals_test = 10
rois = 8

[augment]
side = 64
"""


def draw_photo(boxes, height: int = 128, width: int = 96, seed: int = 0) -> np.ndarray:
    """uint8 [H, W, 3] BGR: noise with one plain rectangle per box x1, y1, x2, y2."""
    rng = np.random.default_rng(seed)
    photo = rng.integers(90, 150, (height, width, 3)).astype(np.uint8)
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        colour = [(200, 40, 40), (40, 200, 40), (30, 30, 220)][number % 3]
        cv2.rectangle(photo, (x1, y1), (x2 - 1, y2 - 1), colour, -1)
    return photo


def rectangle(x1, y1, x2, y2) -> list[float]:
    return [x1, y1, x2, y1, x2, y2, x1, y2]


def coco_annotation(identifier: int, image: int, category: int, box, **more) -> dict:
    x1, y1, x2, y2 = box
    return {
        "id": identifier,
        "image_id": image,
        "category_id": category,
        "bbox": [x1, y1, x2 - x1, y2 - y1],
        "area": (x2 - x1) * (y2 - y1),
        "iscrowd": 0,
        "segmentation": [rectangle(*box)],
        **more,
    }


def write_coco(root: Path, images: list[dict], annotations: list[dict], split: str = "train"):
    (root / "annotations").mkdir(parents=True, exist_ok=True)
    table = {"images": images, "annotations": annotations, "categories": []}
    (root / "annotations" / f"{split}.json").write_text(json.dumps(table))


def small_parser(score_floor: float) -> Parser:
    """A fresh network, a thousandth of the shipped one's work."""
    torch.manual_seed(3)
    config = NetworkConfig(
        depth=18,
        width=0.25,
        fpn=32,
        box_hidden=32,
        mask_channels=16,
        mask_convs=1,
        score_floor=score_floor,
    )
    return Parser(config).eval()
