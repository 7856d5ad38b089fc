"""Data sets on disk → samples, in whichever format; and the dev part that is carved from train."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Sample
from armoire.paths import data_root

FORMATS = ("coco", "deepfashion2")
# Share of train's photos that is kept out of training, to choose thresholds and epochs by.
DEV_SHARE = 0.08
# Share of the street photos of the split `more` that is kept out of training as well.
HOLDOUT_SHARE = 0.1
# Splits that are parts of others, by the hash of the files' names.
PARTS = {"dev": "train", "held-out": "more"}


@dataclass
class Source:
    """One data set, as `[[sources]]` of a configuration names it.

    `share` is its part of all drawn photos (0: by its size); `max_per_category` caps the garments
    of each category (0: no cap). A data set with several annotation files is one source for each.
    """

    root: str
    format: str = "coco"
    split: str = "train"
    share: float = 0.0
    max_per_category: int = 0
    # This share of its street photos is never trained on: a second measurement beside val.
    holdout_share: float = 0.0


def read_source(source: Source) -> list[Sample]:
    """One split of a data set."""
    root = data_root(source.root)
    if source.format == "coco":
        return read_coco(root, source.split)
    if source.format == "deepfashion2":
        return read_deepfashion2(root, source.split)
    raise ValueError(f"format must be one of {FORMATS}, not {source.format!r}")


def read_split(
    root: str | Path, split: str, format: str = "coco", dev_share: float = DEV_SHARE
) -> list[Sample]:
    """One split of a folder; `dev` is the part carved from train, `held-out` that of `more`."""
    samples = read_source(Source(str(Path(root).resolve()), format, PARTS.get(split, split)))
    if split == "dev":
        return [s for s in samples if in_dev(s, dev_share)]
    if split == "held-out":
        return [s for s in samples if held_out(s, HOLDOUT_SHARE)]
    return samples


def in_dev(sample: Sample, share: float = DEV_SHARE) -> bool:
    """Whether a photo of train belongs to the dev part. Depends on the file's name alone."""
    name = f"{sample.path.parent.name}/{sample.path.name}"
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < share


def held_out(sample: Sample, share: float) -> bool:
    """Whether a street photo belongs to the part that no training sees; by its file's name."""
    return sample.source == "user" and in_dev(sample, share)


def cap_categories(samples: list[Sample], cap: int, seed: int) -> list[Sample]:
    """About `cap` garments per category: photos in random order while one of theirs is wanted."""
    if not cap:
        return samples
    taken: dict[int, int] = defaultdict(int)
    kept = []
    for index in np.random.default_rng(seed).permutation(len(samples)):
        sample = samples[index]
        if any(taken[g.category] < cap for g in sample.garments):
            kept.append(sample)
            for garment in sample.garments:
                taken[garment.category] += 1
    return kept
