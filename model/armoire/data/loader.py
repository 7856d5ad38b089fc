"""Samples → batches: cached photos, balanced sampling, the same order after a resume."""

import itertools
import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

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
    """Photos decoded once, kept as uint8 with a long side of at most `side` pixels."""

    def __init__(self, samples: list[Sample], side: int, keep: bool = True):
        self.samples, self.side, self.keep = samples, side, keep
        self.photos: dict[int, np.ndarray] = {}
        self.broken: set[int] = set()

    def get(self, index: int) -> tuple[np.ndarray, float] | None:
        """The photo and its scale against the original, or None if it cannot be read."""
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
        """Decodes everything now: processes forked later share it."""
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self.get, range(len(self.samples))))

    def _read(self, sample: Sample) -> np.ndarray:
        photo = read_rgb(sample.path)
        if photo.shape[:2] != (sample.height, sample.width):
            size = f"{photo.shape[1]}×{photo.shape[0]}"
            raise ValueError(f"{sample.path}: {size}, annotated {sample.width}×{sample.height}")
        scale = self.side / max(photo.shape[:2])
        if scale >= 1:
            return photo
        size = (round(sample.width * scale), round(sample.height * scale))
        return cv2.resize(photo, size, interpolation=cv2.INTER_AREA)


def scaled(garment: Garment, scale: float) -> Garment:
    """The same garment in a photo resized by `scale`."""
    polygons = [p * scale for p in garment.polygons]
    return Garment(garment.category, garment.box * scale, polygons, garment.area * scale**2)


def repeat_factors(samples: list[Sample], threshold: float, most: float) -> np.ndarray:
    """LVIS's repeat factors: sqrt(threshold / share of photos with the rarest category in it)."""
    counts = Counter(c for s in samples for c in {g.category for g in s.garments})
    factor = {
        c: float(np.clip((threshold * len(samples) / n) ** 0.5, 1, most)) for c, n in counts.items()
    }
    return np.array([max([factor[g.category] for g in s.garments], default=0.6) for s in samples])


def rare_categories(samples: list[Sample], share: float = 0.25) -> set[int]:
    """Categories with less than `share` of the mean number of garments."""
    counts = Counter(g.category for s in samples for g in s.garments)
    mean = sum(counts.values()) / max(len(counts), 1)
    return {c for c, n in counts.items() if n < share * mean}


def batches(weights: np.ndarray, wide: np.ndarray, size: int, seed: int) -> Iterator[list]:
    """Endless batches of (index, draw): passes over all photos, drawn `weights` times each.

    Upright and wide photos never share a batch, so that little of it is padding. The sequence
    depends on the arguments only: skipping k batches resumes it at k.
    """
    draw = itertools.count()
    bins: dict[bool, list] = {False: [], True: []}
    for turn in itertools.count():
        rng = np.random.default_rng((seed, turn))
        copies = np.floor(weights + rng.random(len(weights))).astype(int)
        for index in rng.permutation(np.repeat(np.arange(len(weights)), copies)):
            group = bins[bool(wide[index])]
            group.append((int(index), next(draw)))
            if len(group) == size:
                yield list(group)
                group.clear()


class TrainingPhotos(Dataset):
    """(index, draw) → image uint8 [H, W, 3] and its targets; None for a broken photo."""

    def __init__(self, cache: PhotoCache, config: AugmentConfig, seed: int):
        self.cache, self.config, self.seed = cache, config, seed
        self.rare = rare_categories(cache.samples)
        self.pastable = [
            i for i, s in enumerate(cache.samples) if s.source == "shop" and len(s.garments) == 1
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
        turn = config.rare_rotation if rare else config.rotation
        matrix, size = augment.place_matrix(photo.shape, config, rng, turn)
        garments = [scaled(g, scale) for g in sample.garments]
        picture = augment.place(photo, garments, sample.ignore * np.float32(scale), matrix, size)
        if self.pastable and rng.random() < config.paste:
            self._paste(picture, rng)
        image = augment.relight(picture.image, config.colour, rng)
        if rare and config.rare_noise:
            image = augment.add_noise(image, rng.uniform(0, config.rare_noise), rng)
        image = augment.spoil(image, config.blur, rng)
        return image, augment.to_targets(picture)

    def _paste(self, picture: augment.Picture, rng) -> None:
        index = self.pastable[rng.integers(len(self.pastable))]
        found = self.cache.get(index)
        if found is not None:
            photo, scale = found
            augment.paste(picture, photo, scaled(self.cache.samples[index].garments[0], scale), rng)


def collate(items: list) -> tuple[torch.Tensor, list[dict]] | None:
    """Pads to a common size in the padding colour → uint8 [B, H, W, 3], targets."""
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
