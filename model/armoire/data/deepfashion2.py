"""Reads DeepFashion2's own folders: `SPLIT/image/000001.jpg` beside `SPLIT/annos/000001.json`."""

import json
import logging
from pathlib import Path

import cv2
import numpy as np

from armoire.data.landmarks import read_landmarks
from armoire.data.masks import polygon_points
from armoire.data.sample import Garment, Sample
from armoire.photo import CATEGORIES

log = logging.getLogger(__name__)


def read_deepfashion2(root: Path, split: str) -> list[Sample]:
    """Samples of train, validation or test; test has no annotations and so no garments.

    Broken annotation files are logged by name and skipped. The image id of 000001.jpg is 1.
    """
    folder = root / split
    annotated = (folder / "annos").is_dir()
    samples = []
    for path in sorted((folder / "image").glob("*.jpg")):
        try:
            table = json.loads((folder / "annos" / f"{path.stem}.json").read_text())
        except (OSError, ValueError) as error:
            if annotated:
                log.warning("%s skipped: %s", path, error)
                continue
            table = {}
        try:
            samples.append(_read_photo(path, table))
        except (KeyError, TypeError, ValueError) as error:
            log.warning("%s skipped: %r", path, error)
    return samples


def _read_photo(path: Path, table: dict) -> Sample:
    width, height = image_size(path)
    garments = []
    for key in sorted(k for k in table if k.startswith("item")):
        try:
            garments.append(_read_garment(int(path.stem), key, table[key], table))
        except (KeyError, TypeError, ValueError) as error:
            log.warning("%s: %s skipped: %r", path, key, error)
    return Sample(
        path=path,
        identifier=int(path.stem),
        width=width,
        height=height,
        source=table.get("source", "user"),
        garments=garments,
        ignore=np.zeros((0, 4), np.float32),
    )


def _read_garment(photo: int, key: str, item: dict, table: dict) -> Garment:
    x1, y1, x2, y2 = (float(v) for v in item["bounding_box"])
    if x2 - x1 < 1 or y2 - y1 < 1:
        raise ValueError(f"empty box {item['bounding_box']}")
    category = int(item["category_id"])
    if not 1 <= category <= len(CATEGORIES):
        raise ValueError(f"category_id {category}")
    polygons = polygon_points(item["segmentation"])
    if not polygons:
        raise ValueError("no polygon with an area")
    extra = {name: item[name] for name in ("style", "occlusion", "scale", "zoom_in", "viewpoint")}
    extra["pair_id"] = table["pair_id"]
    if item.get("landmarks"):
        try:
            extra["landmarks"] = read_landmarks(item["landmarks"], category)
        except (TypeError, ValueError) as error:
            log.warning("photo %d: landmarks of %s left out: %s", photo, key, error)
    area = float(sum(abs(cv2.contourArea(p)) for p in polygons))
    box = np.float32([x1, y1, x2, y2])
    return Garment(category, box, polygons, area, photo * 100 + int(key[4:]), extra)


def image_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels from a JPEG's header: decoding 400,000 photos would take hours.

    Frame headers are the markers C0–CF except C4, C8 and CC (ITU-T T.81, table B.1).
    """
    with path.open("rb") as file:
        if file.read(2) != b"\xff\xd8":
            raise ValueError("not a JPEG")
        while True:
            byte = file.read(1)
            while byte and byte != b"\xff":
                byte = file.read(1)
            while byte == b"\xff":
                byte = file.read(1)
            if not byte:
                raise ValueError("no frame header")
            if 0xC0 <= byte[0] <= 0xCF and byte[0] not in (0xC4, 0xC8, 0xCC):
                header = file.read(7)
                return int.from_bytes(header[5:7]), int.from_bytes(header[3:5])
            if byte[0] == 0x01 or 0xD0 <= byte[0] <= 0xD9:
                continue
            file.seek(int.from_bytes(file.read(2)) - 2, 1)
