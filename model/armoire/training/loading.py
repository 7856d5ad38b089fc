"""A configuration's data sets → what training draws from, and the dev part."""

import logging

import numpy as np
from torch.utils.data import DataLoader

from armoire.data.loader import PhotoCache, TrainingPhotos, batches, collate, repeat_factors
from armoire.data.sample import Sample
from armoire.data.sources import cap_categories, in_dev, read_source
from armoire.training.config import TrainConfig
from armoire.training.distributed import Distributed

log = logging.getLogger(__name__)


def training_data(config: TrainConfig) -> tuple[list[Sample], np.ndarray, list[Sample]]:
    """(training samples, how often an epoch draws each, dev samples).

    The first source is the one that dev is carved from. Sources with a `share` are weighted against
    those without: share 0.15 means 15 of 100 drawn photos.
    """
    samples, weights, dev = [], [], []
    for number, source in enumerate(config.sources):
        found = read_source(source)
        if number == 0 and config.evaluation.dev_share:
            dev = [s for s in found if in_dev(s, config.evaluation.dev_share)]
            found = [s for s in found if not in_dev(s, config.evaluation.dev_share)]
        found = cap_categories(found, source.max_per_category, config.seed)
        samples.append(found)
        weight = repeat_factors(found, config.repeat_threshold, config.max_repeat)
        weight *= [config.street_weight if s.source == "user" else 1.0 for s in found]
        weights.append(weight)
        log.info("%s: %d photos to train on", source.root, len(found))
    shares = sum(s.share for s in config.sources)
    plain = sum(w.sum() for w, s in zip(weights, config.sources, strict=True) if not s.share)
    for weight, source in zip(weights, config.sources, strict=True):
        if source.share and len(weight):
            weight *= source.share / (1 - shares) * plain / weight.sum()
    return [s for part in samples for s in part], np.concatenate(weights), dev


def make_loader(
    config: TrainConfig, step: int, distributed: Distributed
) -> tuple[DataLoader, list[Sample], int]:
    """This process's part of the batches from `step` on, the dev samples, and an epoch's photos."""
    samples, weights, dev = training_data(config)
    cache = PhotoCache(samples, config.cache_side, config.cache_photos)
    if config.cache_photos and config.num_workers:
        cache.fill(config.num_workers)
    wide = np.array([s.width > s.height for s in samples])
    order = batches(weights, wide, config.schedule.batch_size, config.seed)
    for _ in range(step):
        next(order)
    order = (batch[distributed.rank :: distributed.world_size] for batch in order)
    loader = DataLoader(
        TrainingPhotos(cache, config.augment, config.seed),
        batch_sampler=order,
        collate_fn=collate,
        num_workers=config.num_workers,
        persistent_workers=config.num_workers > 0,
    )
    return loader, dev, int(weights.sum())
