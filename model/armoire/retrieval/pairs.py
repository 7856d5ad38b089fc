"""Positive pairs for the embedder: crops of one identity, cut out by the shipped parser.

Without pairs in the data an identity is one annotated garment, seen as it is and in a photo-like
view: deformed, relit, pasted into a street photo, partly occluded, blurred, compressed, then found
and cut out again by the parser. In DeepFashion2 it is a garment's (pair_id, style): the photos of
shoppers and shops that show it.
"""

from collections.abc import Iterator

import numpy as np
from tqdm import tqdm

from armoire.data.masks import draw_mask
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.data.sources import in_dev
from armoire.retrieval import views
from armoire.retrieval.crop_sets import (
    Row,
    cache_key,
    crop_row,
    detect_garments,
    item_samples,
)
from armoire.retrieval.cutout import Crops, GarmentDetector, cached, garment_at

# The training items are pasted in so many parts, which can be used before all are made.
QUARTERS = 4


def annotated_crops(sample: Sample) -> list[tuple[Garment, np.ndarray]]:
    """The garments of a photo cut out by their annotated masks, without tiny ones."""
    photo = read_rgb(sample.path)
    same = np.float64([[1, 0, 0], [0, 1, 0]])
    crops = []
    for garment in sample.garments:
        mask = draw_mask(garment.polygons, same, (photo.shape[1], photo.shape[0]))
        crop = views.trim(views.cut(photo, mask, garment.box))
        if min(crop.shape[:2]) >= 8:
            crops.append((garment, crop))
    return crops


def worn_garments(
    detector: GarmentDetector, samples: list[Sample], scenes: list[Sample], name: str, seed: int
) -> Crops:
    """Every garment once in a photo-like view, pasted into one of the street photos `scenes`."""

    def rows() -> Iterator[Row]:
        rng = np.random.default_rng(seed)
        for sample in tqdm(samples, desc=name, unit="photo", mininterval=10):
            for garment, crop in annotated_crops(sample):
                scene = read_rgb(scenes[rng.integers(len(scenes))].path)
                photo, box = views.worn_photo(crop, scene, rng)
                found = detector.detect(photo)
                index = garment_at(found, box)
                row = crop_row(sample, garment, found, index)
                yield row, None if index is None else detector.crop(photo, found, index)

    return cached(name, cache_key(detector, samples, len(scenes), seed), rows)


def deepfashion2_garments(
    detector: GarmentDetector, samples: list[Sample], name: str = "deepfashion2"
) -> Crops:
    """DeepFashion2's garments with their identities.

    Style 0 means that no shop sells the garment: it is an identity of its own, without a pair.
    """

    def rows() -> Iterator[Row]:
        for sample, garment, (row, crop) in detect_garments(detector, samples, name):
            pair, style = garment.extra["pair_id"], garment.extra["style"]
            identity = f"{pair}/{style}" if style > 0 else f"alone/{garment.identifier}"
            yield row | {"identity": identity, "source": sample.source}, crop

    return cached(name, cache_key(detector, samples), rows)


def split_dev(samples: list[Sample]) -> tuple[list[Sample], list[Sample]]:
    """(photos to train on, photos of the dev part)."""
    return (
        [s for s in samples if not in_dev(s)],
        [s for s in samples if in_dev(s)],
    )


def worn_views(
    detector: GarmentDetector, samples: list[Sample], quarters: int = QUARTERS, seed: int = 1
) -> Iterator[tuple[str, Crops]]:
    """Photo-like views of the items by the name of their set; `quarters` of the training items.

    The dev part comes first, pasted into street photos of the dev part.
    """
    train, dev = split_dev(samples)
    yield "worn-dev", worn_part(detector, dev, "worn-dev", seed)
    for number in range(quarters):
        name = f"worn-train-{number}"
        yield name, worn_part(detector, train, name, seed + 1 + number, number)


def worn_part(
    detector: GarmentDetector,
    samples: list[Sample],
    name: str,
    seed: int,
    number: int | None = None,
) -> Crops:
    """Photo-like views of the items among the samples, or of one quarter of them."""
    scenes = [s for s in samples if s.source == "user"]
    items = item_samples(samples)
    part = items if number is None else items[number::QUARTERS]
    return worn_garments(detector, part, scenes, name, seed)
