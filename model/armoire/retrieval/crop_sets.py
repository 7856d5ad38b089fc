"""The collections of crops that retrieval is measured on: the shop's items and what is asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from armoire.data.sample import Garment, Sample, read_rgb
from armoire.retrieval import views
from armoire.retrieval.cutout import Crops, Eye, asked_for, cached, primary

Row = tuple[dict, np.ndarray | None]


def known(sample: Sample, garment: Garment) -> dict:
    """What the annotations say of a garment; `item` is its photo's id, as queries name it."""
    return {
        "item": sample.identifier,
        "garment": garment.identifier,
        "category": garment.category,
        "colour": garment.extra.get("colour", ""),
    }


def key_of(eye: Eye, samples: list[Sample], *more) -> str:
    return json.dumps([eye.identity, [str(s.path) for s in samples], *more])


def items_of(samples: list[Sample]) -> list[Sample]:
    """Every annotated shop photo is one item."""
    return [s for s in samples if s.source == "shop" and s.garments]


def shop_items(eye: Eye, samples: list[Sample], name: str, again: bool = False) -> Crops:
    """Each item's primary garment: the item's category if it was found, else the largest.

    An item without any garment is cut out whole. `again`: its photo encoded again, and no category
    to go by.
    """

    def rows() -> Iterator[Row]:
        for sample in tqdm(samples, desc=name, unit="item", mininterval=10):
            photo = read_rgb(sample.path)
            photo = encoded_again(photo) if again else photo
            found = eye.find(photo)
            index = primary(found, None if again else sample.garments[0].category)
            row = known(sample, sample.garments[0]) | {"whole": index is None}
            yield row, eye.crop(photo, found, index)

    return cached(name, key_of(eye, samples, again), rows)


def encoded_again(photo: np.ndarray) -> np.ndarray:
    """Scaled to 80 %, brightened by 10 %, JPEG quality 60."""
    small = cv2.resize(photo, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    return views.recompressed(np.clip(small * 1.1, 0, 255).astype(np.uint8), 60)


def found_garments(
    eye: Eye, samples: list[Sample], name: str
) -> Iterator[tuple[Sample, Garment, np.ndarray | None]]:
    """Every annotated garment of the photos; those that the parser missed have no crop."""
    for sample in tqdm(samples, desc=name, unit="photo", mininterval=10):
        photo = read_rgb(sample.path)
        found = eye.find(photo)
        for garment in sample.garments:
            index = asked_for(found, garment.box)
            yield sample, garment, None if index is None else eye.crop(photo, found, index)


def street_garments(eye: Eye, samples: list[Sample], name: str) -> Crops:
    """The annotated garments of street photos, as far as the parser found them."""

    def rows() -> Iterator[Row]:
        for sample, garment, crop in found_garments(eye, samples, name):
            yield known(sample, garment), crop

    return cached(name, key_of(eye, samples), rows)


def photo_queries(eye: Eye, folder: Path, samples: list[Sample], name: str) -> Crops:
    """A folder's queries (queries.json: file, item, bbox) that ask for one of `samples`."""
    table = json.loads((folder / "queries.json").read_text())
    items = {s.identifier: s for s in samples}
    table = [query for query in table if query["item"] in items]

    def rows() -> Iterator[Row]:
        for query in tqdm(table, desc=name, unit="query", mininterval=10):
            photo = read_rgb(folder / query["file"])
            found = eye.find(photo)
            x, y, w, h = query["bbox"]
            index = asked_for(found, np.float32([x, y, x + w, y + h]))
            sample = items[query["item"]]
            row = known(sample, sample.garments[0])
            yield row, None if index is None else eye.crop(photo, found, index)

    return cached(name, key_of(eye, samples, table, str(folder)), rows)
