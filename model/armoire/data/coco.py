"""Reads a COCO-format folder: `annotations/SPLIT.json` beside `images/`."""

import json
import logging
from pathlib import Path

import numpy as np

from armoire.data.masks import (
    box_rle,
    compress_rle,
    decode_rle,
    mask_polygons,
    part_boxes,
    polygon_points,
)
from armoire.data.sample import Garment, Sample
from armoire.photo import CATEGORIES

log = logging.getLogger(__name__)


def read_coco(root: Path, split: str) -> list[Sample]:
    """Samples of one split. Broken images and annotations are logged by id and skipped."""
    path = root / "annotations" / f"{split}.json"
    table = json.loads(path.read_text())
    order = category_order(table.get("categories", []))
    by_image: dict[int, list[dict]] = {}
    for annotation in table["annotations"]:
        by_image.setdefault(annotation.get("image_id"), []).append(annotation)
    samples = []
    for image in table["images"]:
        try:
            samples.append(_read_image(root, image, by_image.get(image["id"], []), order))
        except (KeyError, TypeError, ValueError) as error:
            log.warning("%s: image %s skipped: %r", path, image.get("id"), error)
    return samples


def category_order(categories: list[dict]) -> dict[int, int]:
    """Category id → label: 1–13 by name if all names are ours, else 1, 2, ... in the order of ids.

    COCO's own 80 ids have gaps. An empty list gives an empty table: ids are labels then.
    """
    if categories and all(c["name"] in CATEGORIES for c in categories):
        return {c["id"]: CATEGORIES.index(c["name"]) + 1 for c in categories}
    return {c: place for place, c in enumerate(sorted(c["id"] for c in categories), 1)}


def _read_image(root: Path, image: dict, annotations: list[dict], order: dict) -> Sample:
    garments = []
    regions = [compress_rle(region) for region in image.get("ignore_regions", [])]
    # The validation file repeats each ignore region as a crowd of every category.
    repeated = bool(regions)
    for annotation in annotations:
        if annotation.get("iscrowd"):
            if not repeated:
                regions.append(_crowd(annotation, image))
            continue
        try:
            garments.append(_read_garment(annotation, order))
        except (KeyError, TypeError, ValueError) as error:
            name = image.get("file_name")
            log.warning("%s: annotation %s skipped: %r", name, annotation.get("id"), error)
    boxes = [part_boxes(decode_rle(region)) for region in regions]
    return Sample(
        path=root / "images" / image["file_name"],
        identifier=int(image["id"]),
        width=int(image["width"]),
        height=int(image["height"]),
        source=image.get("source", "user"),
        garments=garments,
        ignore=np.concatenate(boxes) if boxes else np.zeros((0, 4), np.float32),
        regions=regions,
    )


def _crowd(annotation: dict, image: dict) -> dict:
    segmentation = annotation.get("segmentation")
    if isinstance(segmentation, dict):
        return compress_rle(segmentation)
    return box_rle(annotation["bbox"], image["height"], image["width"])


def _read_garment(annotation: dict, order: dict[int, int]) -> Garment:
    x, y, w, h = (float(v) for v in annotation["bbox"])
    if w < 1 or h < 1:
        raise ValueError(f"empty box {annotation['bbox']}")
    segmentation = annotation["segmentation"]
    if isinstance(segmentation, dict):
        polygons = mask_polygons(decode_rle(segmentation))
    else:
        polygons = polygon_points(segmentation)
    if not polygons:
        raise ValueError("no polygon with an area")
    extra = {k: annotation[k] for k in ("colour", "wearer", "mask") if k in annotation}
    box = np.float32([x, y, x + w, y + h])
    area = float(annotation.get("area", w * h))
    category = int(annotation["category_id"])
    if order:
        category = order[category]
    # What a reviewer said of an outline that a machine drew; without a word both are good.
    masked = annotation.get("mask", "good") == "good"
    boxed = annotation.get("box", "good") != "approximate"
    return Garment(category, box, polygons, area, annotation["id"], extra, masked, boxed)
