"""Training batches: photo cache, repeat-factor sampling, reproducible order, collation."""

import itertools
import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np
import torch
from torch.utils.data import Dataset

from armoire.data import augment
from armoire.data.augment import AugmentConfig
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.photo import MEAN, round_up

log = logging.getLogger(__name__)


class PhotoCache:
    """Decoded photos, uint8 RGB with a long side of at most `long_side` pixels.

    Without `keep` every photo is decoded again each time it is drawn.
    """

    def __init__(self, samples: list[Sample], long_side: int, keep: bool = True):
        self.samples, self.long_side, self.keep = samples, long_side, keep
        self.photos: dict[int, np.ndarray] = {}
        self.broken: set[int] = set()

    def get(self, index: int) -> tuple[np.ndarray, float] | None:
        """The photo and its scale relative to the original; None if it cannot be read."""
        if index in self.broken:
            return None
        sample = self.samples[index]
        photo = self.photos.get(index)
        if photo is None:
            try:
                photo = self._read(sample)
            except (ValueError, OSError) as error:
                log.warning("skipped: %s", error)
                self.broken.add(index)
                return None
            if self.keep:
                self.photos[index] = photo
        return photo, photo.shape[1] / sample.width

    def fill(self, threads: int) -> None:
        """Decodes everything now, so that worker processes forked later share the memory."""
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self.get, range(len(self.samples))))

    def _read(self, sample: Sample) -> np.ndarray:
        photo = read_rgb(sample.path)
        if photo.shape[:2] != (sample.height, sample.width):
            size = f"{photo.shape[1]}×{photo.shape[0]}"
            raise ValueError(f"{sample.path}: {size}, annotated {sample.width}×{sample.height}")
        scale = self.long_side / max(photo.shape[:2])
        if scale >= 1:
            return photo
        size = (round(sample.width * scale), round(sample.height * scale))
        return cv2.resize(photo, size, interpolation=cv2.INTER_AREA)


def scale_garment(garment: Garment, scale: float) -> Garment:
    """The garment in coordinates of a photo resized by `scale`."""
    polygons = [p * scale for p in garment.polygons]
    area = garment.area * scale**2
    extra = garment.extra
    if "landmarks" in extra:
        extra = extra | {"landmarks": extra["landmarks"] * np.float32([scale, scale, 1])}
    return replace(garment, box=garment.box * scale, polygons=polygons, area=area, extra=extra)


def repeat_factors(
    samples: list[Sample], threshold: float, max_repeat: float, empty_weight: float = 0.6
) -> np.ndarray:
    """LVIS's repeat factors [N]: sqrt(threshold / frequency) of each photo's rarest category.

    Clipped to 1 to `max_repeat`; photos without garments get `empty_weight`.
    """
    counts = Counter(c for s in samples for c in {g.category for g in s.garments})
    factor = {
        c: float(np.clip((threshold * len(samples) / n) ** 0.5, 1, max_repeat))
        for c, n in counts.items()
    }
    return np.array(
        [max([factor[g.category] for g in s.garments], default=empty_weight) for s in samples]
    )


def rare_categories(samples: list[Sample], share: float = 0.25) -> set[int]:
    """Categories with fewer garments than `share` of the mean over categories."""
    counts = Counter(g.category for s in samples for g in s.garments)
    mean = sum(counts.values()) / max(len(counts), 1)
    return {c for c, n in counts.items() if n < share * mean}


def batches(weights: np.ndarray, wide: np.ndarray, size: int, seed: int) -> Iterator[list]:
    """Endless batches of (index, draw); an epoch draws photo i `weights[i]` times on average.

    `draw` numbers all draws and seeds their augmentation. Landscape photos (`wide`) and others
    never share a batch, which saves padding. The sequence depends on the arguments only, so a
    resumed run skips the batches it has seen.
    """
    draw = itertools.count()
    bins: dict[bool, list] = {False: [], True: []}
    for epoch in itertools.count():
        rng = np.random.default_rng((seed, epoch))
        copies = np.floor(weights + rng.random(len(weights))).astype(int)
        for index in rng.permutation(np.repeat(np.arange(len(weights)), copies)):
            group = bins[bool(wide[index])]
            group.append((int(index), next(draw)))
            if len(group) == size:
                yield list(group)
                group.clear()


class TrainingPhotos(Dataset):
    """(index, draw) → augmented image uint8 [H, W, 3] and targets; None for a broken photo."""

    def __init__(self, cache: PhotoCache, config: AugmentConfig, seed: int):
        self.cache, self.config, self.seed = cache, config, seed
        self.rare = rare_categories(cache.samples)
        self.paste_sources = [
            i
            for i, s in enumerate(cache.samples)
            if s.source == "shop" and len(s.garments) == 1 and s.garments[0].masked
        ]

    def __len__(self) -> int:
        return len(self.cache.samples)

    def __getitem__(self, key: tuple[int, int]):
        index, draw = key
        rng = np.random.default_rng((self.seed, 1, draw))
        found = self.cache.get(index)
        if found is None:
            return None
        photo, scale = found
        sample, config = self.cache.samples[index], self.config
        rare = any(g.category in self.rare for g in sample.garments)
        rotation = config.rare_rotation_degrees if rare else config.rotation_degrees
        matrix, size = augment.random_affine(photo.shape, config, rng, rotation)
        garments = [scale_garment(g, scale) for g in sample.garments]
        ignore = sample.ignore * np.float32(scale)
        augmented = augment.warp(photo, garments, ignore, matrix, size)
        if self.paste_sources and rng.random() < config.copy_paste_prob:
            self._paste(augmented, rng)
        image = augment.jitter_colour(augmented.image, config.colour_jitter, rng)
        if rare and config.rare_noise_std:
            image = augment.add_noise(image, rng.uniform(0, config.rare_noise_std), rng)
        image = augment.degrade(image, config.blur_prob, rng)
        return image, augment.to_targets(augmented)

    def _paste(self, augmented: augment.Augmented, rng) -> None:
        index = self.paste_sources[rng.integers(len(self.paste_sources))]
        found = self.cache.get(index)
        if found is not None:
            photo, scale = found
            garment = scale_garment(self.cache.samples[index].garments[0], scale)
            augment.copy_paste(augmented, photo, garment, rng)


def collate(items: list) -> tuple[torch.Tensor, list[dict]] | None:
    """Pads images right and below to one size → uint8 [B, H, W, 3] and the list of targets.

    Broken photos (None) are left out; None if no photo is left.
    """
    items = [item for item in items if item is not None]
    if not items:
        return None
    height = round_up(max(image.shape[0] for image, _ in items))
    width = round_up(max(image.shape[1] for image, _ in items))
    batch = np.empty((len(items), height, width, 3), np.uint8)
    batch[:] = MEAN
    for slot, (image, _) in zip(batch, items, strict=True):
        slot[: image.shape[0], : image.shape[1]] = image
    targets = [{k: torch.from_numpy(v) for k, v in t.items()} for _, t in items]
    return torch.from_numpy(batch), targets
