"""A configuration's data sets → one list of samples with drawing weights."""

import hashlib
import logging
from collections import defaultdict

import numpy as np

from armoire.data.coco import read_coco
from armoire.data.loader import repeat_factors
from armoire.data.sample import Sample
from armoire.training.config import Source, TrainConfig, data_root

log = logging.getLogger(__name__)


def read_source(source: Source) -> list[Sample]:
    """Reads one data set's split in its own format."""
    root = data_root(source.root)
    if source.format == "coco":
        return read_coco(root, source.split)
    if source.format == "deepfashion2":
        from armoire.data.deepfashion2 import read_deepfashion2

        return read_deepfashion2(root, source.split)
    raise ValueError(f"format must be coco or deepfashion2, not {source.format!r}")


def in_dev(sample: Sample, share: float) -> bool:
    """Whether a photo belongs to the part carved from train; depends on its file's name only."""
    name = f"{sample.path.parent.name}/{sample.path.name}"
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < share


def cap_categories(samples: list[Sample], cap: int, seed: int) -> list[Sample]:
    """At most `cap` garments a category: photos in random order, kept while one is still wanted."""
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


def training_data(config: TrainConfig) -> tuple[list[Sample], np.ndarray, list[Sample]]:
    """(training samples, how often a pass draws each, dev samples).

    The first source is the one that dev is carved from and that sources with a `share` are
    measured against: share 0.15 means 15 of 100 drawn photos.
    """
    samples, weights, dev = [], [], []
    for number, source in enumerate(config.sources):
        found = read_source(source)
        if number == 0 and config.watch.dev_share:
            dev = [s for s in found if in_dev(s, config.watch.dev_share)]
            found = [s for s in found if not in_dev(s, config.watch.dev_share)]
        found = cap_categories(found, source.cap, config.seed)
        samples.append(found)
        weight = repeat_factors(found, config.repeat_threshold, config.repeat_most)
        weight *= [config.street if s.source == "user" else 1.0 for s in found]
        weights.append(weight)
        log.info("%s: %d photos to train on", source.root, len(found))
    shares = sum(s.share for s in config.sources)
    plain = sum(w.sum() for w, s in zip(weights, config.sources, strict=True) if not s.share)
    for weight, source in zip(weights, config.sources, strict=True):
        if source.share and len(weight):
            weight *= source.share / (1 - shares) * plain / weight.sum()
    return [s for part in samples for s in part], np.concatenate(weights), dev
