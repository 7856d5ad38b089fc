"""Reads a COCO-format folder: `annotations/SPLIT.json` beside `images/`."""

import json
import logging
from pathlib import Path

import numpy as np

from armoire.data.sample import (
    Garment,
    Sample,
    decode_rle,
    mask_polygons,
    part_boxes,
    polygon_points,
)

log = logging.getLogger(__name__)


def read_coco(root: Path, split: str) -> list[Sample]:
    """Samples of one split; annotations that make no sense are reported by id and skipped."""
    path = root / "annotations" / f"{split}.json"
    table = json.loads(path.read_text())
    by_image: dict[int, list[dict]] = {}
    for annotation in table["annotations"]:
        by_image.setdefault(annotation.get("image_id"), []).append(annotation)
    samples = []
    for image in table["images"]:
        try:
            samples.append(_read_image(root, image, by_image.get(image["id"], [])))
        except (KeyError, TypeError, ValueError) as error:
            log.warning("%s: image %s skipped: %r", path, image.get("id"), error)
    return samples


def _read_image(root: Path, image: dict, annotations: list[dict]) -> Sample:
    garments, ignore = [], []
    crowd_seen = bool(image.get("ignore_regions"))
    for region in image.get("ignore_regions", []):
        ignore.append(part_boxes(decode_rle(region)))
    for annotation in annotations:
        if annotation.get("iscrowd"):
            # The validation file repeats ignore regions as crowds of every category.
            if not crowd_seen:
                ignore.append(_crowd_boxes(annotation))
            continue
        try:
            garments.append(_read_garment(annotation))
        except (KeyError, TypeError, ValueError) as error:
            name = image.get("file_name")
            log.warning("%s: annotation %s skipped: %r", name, annotation.get("id"), error)
    return Sample(
        path=root / "images" / image["file_name"],
        identifier=int(image["id"]),
        width=int(image["width"]),
        height=int(image["height"]),
        source=image.get("source", "user"),
        garments=garments,
        ignore=np.concatenate(ignore) if ignore else np.zeros((0, 4), np.float32),
    )


def _crowd_boxes(annotation: dict) -> np.ndarray:
    segmentation = annotation.get("segmentation")
    if isinstance(segmentation, dict):
        return part_boxes(decode_rle(segmentation))
    x, y, w, h = annotation["bbox"]
    return np.float32([[x, y, x + w, y + h]])


def _read_garment(annotation: dict) -> Garment:
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
    extra = {k: annotation[k] for k in ("colour",) if k in annotation}
    box = np.float32([x, y, x + w, y + h])
    area = float(annotation.get("area", w * h))
    return Garment(int(annotation["category_id"]), box, polygons, area, annotation["id"], extra)
