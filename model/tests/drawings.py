"""Small photos, annotations and networks that the tests make themselves."""

import json
from pathlib import Path

import cv2
import numpy as np
import torch

from armoire.deploy.runtime import open_session, parser_feeds
from armoire.evaluation.predict import result_rows
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser

# Part of a configuration: a network that trains in seconds.
TINY_NETWORK = """
[network]
depth = 18
width = 0.25
fpn_channels = 16
box_head_dim = 16
mask_head_channels = 8
mask_head_convs = 1
rpn_post_nms_top_n_train = 20
rpn_post_nms_top_n_test = 10
box_batch_size_per_image = 8

[augment]
long_side = 64
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
    table = {"images": images, "annotations": annotations, "num_categories": []}
    (root / "annotations" / f"{split}.json").write_text(json.dumps(table))


def run_parser(path: Path, photo: np.ndarray, mask_floor: float = 0.0) -> list[np.ndarray]:
    """The outputs of an exported parser for a photo uint8 [H, W, 3]."""
    session = open_session(path)
    return session.run(None, parser_feeds(session, photo, mask_floor))


def small_parser(score_thresh: float) -> Parser:
    """A network with random weights, a thousandth of the shipped one's work."""
    torch.manual_seed(3)
    config = NetworkConfig(
        depth=18,
        width=0.25,
        fpn_channels=32,
        box_head_dim=32,
        mask_head_channels=16,
        mask_head_convs=1,
        box_score_thresh=score_thresh,
    )
    return Parser(config).eval()


def perfect_rows(samples):
    """One detection per garment: its own box, a full mask, a score that falls slowly."""
    rows = []
    for sample in samples:
        found = {
            "boxes": np.float32([g.box for g in sample.garments]).reshape(-1, 4),
            "scores": np.linspace(0.9, 0.8, len(sample.garments), dtype=np.float32),
            "labels": np.int64([g.category for g in sample.garments]),
            "masks": np.ones((len(sample.garments), 28, 28), np.float32),
        }
        rows += result_rows(sample.identifier, found, (sample.height, sample.width))
    return rows
