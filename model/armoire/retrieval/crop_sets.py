"""The sets of crops that retrieval is measured on: items, street garments, photo-like queries."""

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from armoire.data.boxes import xywh_to_xyxy
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.retrieval import views
from armoire.retrieval.cutout import Crops, GarmentDetector, cached, garment_at, primary

Row = tuple[dict, np.ndarray | None]


def crop_row(sample: Sample, garment: Garment, found: dict, index: int | None) -> dict:
    """A garment's annotations; `item` is its photo's id, as queries name it.

    `label` is the category that the parser gave what was cut out, 0 for a whole photo.
    """
    return {
        "label": 0 if index is None else int(found["labels"][index]),
        "item": sample.identifier,
        "garment": garment.identifier,
        "category": garment.category,
        "colour": garment.extra.get("colour", ""),
    }


def cache_key(detector: GarmentDetector, samples: list[Sample], *more) -> str:
    """Changes with the parser, the photos and anything else that crops and rows depend on."""
    return json.dumps([detector.identity, "label", [str(s.path) for s in samples], *more])


def item_samples(samples: list[Sample]) -> list[Sample]:
    """The items: every annotated shop photo is one."""
    return [s for s in samples if s.source == "shop" and s.garments]


def shop_items(
    detector: GarmentDetector, samples: list[Sample], name: str, reencoded: bool = False
) -> Crops:
    """Each item's primary garment: of the item's category if one was found, else the largest.

    Items without any detected garment have their whole photo instead. `reencoded` compresses the
    photos again and ignores the category: queries for the same items.
    """

    def rows() -> Iterator[Row]:
        for sample in tqdm(samples, desc=name, unit="item", mininterval=10):
            photo = read_rgb(sample.path)
            photo = reencode(photo) if reencoded else photo
            found = detector.detect(photo)
            index = primary(found, None if reencoded else sample.garments[0].category)
            row = crop_row(sample, sample.garments[0], found, index) | {"whole": index is None}
            yield row, detector.crop(photo, found, index)

    return cached(name, cache_key(detector, samples, reencoded), rows)


def reencode(photo: np.ndarray) -> np.ndarray:
    """Scales to 80 %, brightens by 10 %, compresses at JPEG quality 60."""
    small = cv2.resize(photo, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    return views.recompress(np.clip(small * 1.1, 0, 255).astype(np.uint8), 60)


def detect_garments(
    detector: GarmentDetector, samples: list[Sample], name: str
) -> Iterator[tuple[Sample, Garment, Row]]:
    """Every annotated garment with its row and its crop, None where the parser missed it."""
    for sample in tqdm(samples, desc=name, unit="photo", mininterval=10):
        photo = read_rgb(sample.path)
        found = detector.detect(photo)
        for garment in sample.garments:
            index = garment_at(found, garment.box)
            row = crop_row(sample, garment, found, index)
            crop = None if index is None else detector.crop(photo, found, index)
            yield sample, garment, (row, crop)


def street_garments(detector: GarmentDetector, samples: list[Sample], name: str) -> Crops:
    """The annotated garments of street photos."""

    def rows() -> Iterator[Row]:
        for _, _, row in detect_garments(detector, samples, name):
            yield row

    return cached(name, cache_key(detector, samples), rows)


def photo_queries(
    detector: GarmentDetector, folder: Path, samples: list[Sample], name: str
) -> Crops:
    """A folder's photo-like queries for the items `samples`.

    Its queries.json is a list of {file, item, bbox}; bbox is x, y, width, height in pixels.
    """
    table = json.loads((folder / "queries.json").read_text())
    items = {s.identifier: s for s in samples}
    table = [query for query in table if query["item"] in items]

    def rows() -> Iterator[Row]:
        for query in tqdm(table, desc=name, unit="query", mininterval=10):
            photo = read_rgb(folder / query["file"])
            found = detector.detect(photo)
            index = garment_at(found, xywh_to_xyxy(query["bbox"]))
            sample = items[query["item"]]
            row = crop_row(sample, sample.garments[0], found, index)
            yield row, None if index is None else detector.crop(photo, found, index)

    return cached(name, cache_key(detector, samples, table, str(folder)), rows)
