"""A configuration's data sets → what training draws from, and the dev part."""

import logging

import numpy as np
import torch
from torch.utils.data import DataLoader

from armoire.data.loader import PhotoCache, TrainingPhotos, batches, collate, repeat_factors
from armoire.data.sample import Sample
from armoire.data.sources import cap_categories, held_out, in_dev, read_source
from armoire.training.config import TrainConfig
from armoire.training.distributed import Distributed

log = logging.getLogger(__name__)


def draw_weights(config: TrainConfig, samples: list[list[Sample]]) -> list[np.ndarray]:
    """How often an epoch draws each photo of each source, before shares.

    What is rare is judged over all sources without a share together, and within each of the others.
    """

    def weigh(found: list[Sample]) -> np.ndarray:
        factors = repeat_factors(
            found, config.repeat_threshold, config.max_repeat, config.empty_weight
        )
        return factors * [config.street_weight if s.source == "user" else 1.0 for s in found]

    parts = list(zip(samples, config.sources, strict=True))
    together = iter(weigh([s for part, source in parts if not source.share for s in part]))
    return [
        weigh(part) if source.share else np.array([next(together) for _ in part])
        for part, source in parts
    ]


def training_data(config: TrainConfig) -> tuple[list[Sample], np.ndarray, list[Sample]]:
    """(training samples, how often an epoch draws each, dev samples).

    The first source is the one that dev is carved from. Sources with a `share` are weighted against
    those without: share 0.15 means 15 of 100 drawn photos.
    """
    samples, dev = [], []
    for number, source in enumerate(config.sources):
        found = read_source(source)
        if number == 0 and config.evaluation.dev_share:
            dev = [s for s in found if in_dev(s, config.evaluation.dev_share)]
            found = [s for s in found if not in_dev(s, config.evaluation.dev_share)]
        found = [s for s in found if not held_out(s, source.holdout_share)]
        samples.append(cap_categories(found, source.max_per_category, config.seed))
        log.info("%s, %s: %d photos to train on", source.root, source.split, len(samples[-1]))
    weights = draw_weights(config, samples)
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
        # Or it would draw from the state that a resumed run has just restored.
        generator=torch.Generator(),
    )
    return loader, dev, int(weights.sum())
