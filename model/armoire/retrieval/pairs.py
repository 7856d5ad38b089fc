"""Pairs to learn from, cut out by the shipped parser: `python -m armoire.pairs`.

Two crops of one identity make a pair. Here an identity is one annotated garment, seen as it is and
in photo-like views: bent, relit, pasted into a street photo, partly hidden, blurred, compressed,
found and cut out again by the parser's own mask. In DeepFashion2 it is a garment's (pair_id,
style): the photos of shoppers and of shops that show it.
"""

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

from armoire.data.augment import draw_mask
from armoire.data.coco import read_coco
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.data.sources import in_dev
from armoire.deploy.export import WEIGHTS
from armoire.retrieval import views
from armoire.retrieval.crop_sets import Row, found_garments, items_of, key_of, known
from armoire.retrieval.cutout import Crops, Eye, asked_for, cached
from armoire.training.config import GARMENTS, data_root

log = logging.getLogger(__name__)
DEV_SHARE = 0.08
QUARTERS = 4


def true_crops(sample: Sample) -> list[tuple[Garment, np.ndarray]]:
    """The garments of a photo cut out by their annotated masks; specks are left out."""
    photo = read_rgb(sample.path)
    same = np.float64([[1, 0, 0], [0, 1, 0]])
    crops = []
    for garment in sample.garments:
        mask = draw_mask(garment.polygons, same, (photo.shape[1], photo.shape[0]))
        crop = views.trim(views.cut(photo, mask, garment.box))
        if min(crop.shape[:2]) >= 8:
            crops.append((garment, crop))
    return crops


def worn_garments(eye: Eye, samples: list[Sample], scenes: list[Sample], name: str, seed: int):
    """Every garment once in a photo-like view; the rows that the parser missed have no crop."""

    def rows() -> Iterator[Row]:
        rng = np.random.default_rng(seed)
        for sample in tqdm(samples, desc=name, unit="photo", mininterval=10):
            for garment, crop in true_crops(sample):
                scene = read_rgb(scenes[rng.integers(len(scenes))].path)
                photo, box = views.worn_photo(crop, scene, rng)
                found = eye.find(photo)
                index = asked_for(found, box)
                yield (
                    known(sample, garment),
                    None if index is None else eye.crop(photo, found, index),
                )

    return cached(name, key_of(eye, samples, len(scenes), seed), rows)


def annotated_garments(eye: Eye, samples: list[Sample], name: str = "deepfashion2") -> Crops:
    """DeepFashion2's garments as far as the parser finds them, with their identities.

    Style 0 means that nobody sells the garment: it is an identity of its own, without a pair.
    """

    def rows() -> Iterator[Row]:
        for sample, garment, crop in found_garments(eye, samples, name):
            pair, style = garment.extra["pair_id"], garment.extra["style"]
            sold = f"{pair}/{style}" if style > 0 else f"alone/{garment.identifier}"
            yield known(sample, garment) | {"identity": sold, "source": sample.source}, crop

    return cached(name, key_of(eye, samples), rows)


def split_dev(samples: list[Sample]) -> tuple[list[Sample], list[Sample]]:
    """(photos to learn from, photos of the part kept aside)."""
    return (
        [s for s in samples if not in_dev(s, DEV_SHARE)],
        [s for s in samples if in_dev(s, DEV_SHARE)],
    )


def worn_views(
    eye: Eye, samples: list[Sample], quarters: int = QUARTERS, seed: int = 1
) -> Iterator[tuple[str, Crops]]:
    """Photo-like views of the shop's garments, in parts that can be used before all are made.

    The part kept aside comes first, pasted into street photos that are kept aside too.
    """
    learn, dev = split_dev(samples)
    yield "worn-dev", worn_part(eye, dev, "worn-dev", seed)
    for number in range(quarters):
        name = f"worn-train-{number}"
        yield name, worn_part(eye, learn, name, seed + 1 + number, number)


def worn_part(eye: Eye, samples: list[Sample], name: str, seed: int, number: int | None = None):
    scenes = [s for s in samples if s.source == "user"]
    shop = items_of(samples)
    return worn_garments(
        eye, shop if number is None else shop[number::QUARTERS], scenes, name, seed
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--quarters", type=int, default=QUARTERS, help="of train's shop items")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_coco(options.data, "train")
    for name, crops in worn_views(Eye(options.weights), samples, options.quarters):
        log.info("%s: %d views, %.1f %% found", name, len(crops.rows), 100 * crops.found)


if __name__ == "__main__":
    main()
