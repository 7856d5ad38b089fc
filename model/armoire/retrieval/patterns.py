"""Fits and measures the pattern head on garments that were labelled by eye.

`labels/patterns.json` has the labels: annotation ids of each split, whose photos are read again.
"""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from armoire.data.coco import read_coco
from armoire.data.masks import draw_mask
from armoire.data.sample import read_rgb
from armoire.evaluation.bootstrap import bootstrap, weighted_mean
from armoire.evaluation.reliability import calibration_error, reliability_bins
from armoire.modeling.embedder import CROP_SIDE
from armoire.modeling.pattern import PATTERNS, PatternHead
from armoire.paths import MODEL
from armoire.retrieval import views

LABELS = MODEL / "labels" / "patterns.json"
FIT_SPLITS = ("train", "more")
FOLDS = 5
# L2 of the linear layer, chosen out of fold among .01, .03, .1 and .3.
DECAY = 0.03
# Woven onto plain garments: rare patterns get more examples than the labelled sample has.
WOVEN = ("striped", "checked", "dotted", "floral")
WOVEN_EACH = 100
# What a garment that is woven or was picked for its pattern counts beside one labelled at random.
LESS = 0.35
# A pattern's threshold is the lowest confidence from which so many guesses are right out of fold,
# counted beside PRIOR_COUNT guesses of which the share PRIOR is right. Few guesses prove little.
PRECISION = 0.88
PRIOR, PRIOR_COUNT = 0.8, 2


@dataclass
class Labelled:
    """Crops uint8 [N, S, S, 4], the index of each one's pattern and the number of its photo [N]."""

    pixels: np.ndarray
    pattern: np.ndarray
    photo: np.ndarray
    street: np.ndarray
    # Labelled because of its likely pattern: tells nothing of how frequent that is.
    picked: np.ndarray

    @staticmethod
    def of(rows: list[tuple]) -> "Labelled":
        """From rows in the order of the fields."""
        pixels, *columns = zip(*rows, strict=True)
        return Labelled(np.stack(pixels), *(np.array(column) for column in columns))


def read_labelled(data: Path, splits: tuple[str, ...]) -> Labelled:
    """The labelled garments of these splits, cut out by their annotated outlines."""
    table = json.loads(LABELS.read_text())
    picked = set(table["picked"])
    rows = []
    for split in splits:
        names = {int(key): value for key, value in table["labels"][split].items()}
        for sample in read_coco(data, split):
            mine = [g for g in sample.garments if g.identifier in names]
            photo = read_rgb(sample.path) if mine else None
            for garment in mine:
                size = photo.shape[1::-1]
                mask = draw_mask(garment.polygons, np.float32([[1, 0, 0], [0, 1, 0]]), size)
                crop = views.trim(views.cut(photo, mask, np.float32([0, 0, *size])))
                number = garment.identifier
                place = PATTERNS.index(names[number])
                street = sample.source == "user"
                square = views.to_square(crop, CROP_SIDE)
                rows.append((square, place, sample.identifier, street, number in picked))
    return Labelled.of(rows)


def weave(crop: np.ndarray, pattern: str, rng) -> np.ndarray:
    """A plain crop with stripes, checks, dots or flowers on it, bent as cloth is; alpha stays."""
    side = crop.shape[0]
    y, x = np.mgrid[:side, :side].astype(np.float32)
    angle = rng.normal(0, 0.12) + rng.choice(
        [0, np.pi / 2, rng.uniform(0, np.pi)], p=[0.6, 0.3, 0.1]
    )
    bend, pace = rng.uniform(0, 4, 2), rng.uniform(25, 80, 2)
    x = x + bend[0] * np.sin(y / pace[0] + rng.uniform(0, 6))
    y = y + bend[1] * np.sin(x / pace[1] + rng.uniform(0, 6))
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    period = np.exp(rng.uniform(np.log(5), np.log(24)))
    width = rng.uniform(0.2, 0.6)
    band = lambda t, p, w: (np.abs((t / p) % 1 - 0.5) < w / 2).astype(np.float32)  # noqa: E731
    if pattern == "striped":
        ink = band(u, period, width)
    elif pattern == "checked":
        ink = 0.5 * band(u, period, width) + 0.5 * band(v, period * rng.uniform(0.9, 1.15), width)
    elif pattern == "floral":
        ink = flowers(side, rng)
    else:
        shift = (np.floor(v / period) % 2) * 0.5 * rng.integers(2)
        near = [((t % 1) - 0.5) * period for t in (u / period + shift, v / period)]
        ink = (np.hypot(*near) < period * rng.uniform(0.14, 0.34)).astype(np.float32)
    ink = cv2.GaussianBlur(ink, (3, 3), rng.uniform(0.3, 0.8)) * rng.uniform(0.35, 1)
    ground = crop[..., :3].astype(np.float32)
    inside = crop[..., 3] > 0
    light = ground.mean(2, keepdims=True) / max(1.0, ground[inside].mean())
    dye = rng.uniform(0, 255, 3) if rng.random() < 0.6 else rng.choice([15.0, 240.0]) * np.ones(3)
    mixed = ground * (1 - ink[..., None]) + dye * light * ink[..., None]
    woven = np.dstack([np.clip(mixed, 0, 255).astype(np.uint8), crop[..., 3]])
    woven[~inside, :3] = 0
    return woven


def flowers(side: int, rng) -> np.ndarray:
    """Flowers of five or six petals, scattered: float32 [S, S], 0–1, in several shades."""
    ink = np.zeros((side, side), np.float32)
    radius = np.exp(rng.uniform(np.log(3), np.log(11)))
    petals = int(rng.integers(5, 7))
    for _ in range(int(side**2 / (radius**2 * rng.uniform(8, 22)))):
        middle, turn = rng.uniform(0, side, 2), rng.uniform(0, 360)
        size = radius * rng.uniform(0.6, 1.2)
        shade = float(rng.uniform(0.5, 1))
        for index in range(petals):
            angle = turn + index * 360 / petals
            out = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            at = [int(v) for v in middle + out * size * 0.6]
            axes = (max(1, int(size * 0.55)), max(1, int(size * 0.33)))
            cv2.ellipse(ink, at, axes, angle, 0, 360, shade, -1)
        cv2.circle(ink, [int(v) for v in middle], max(1, int(size * 0.3)), 0.15, -1)
    return ink


def woven_crops(found: Labelled, seed: int = 1) -> Labelled:
    """Plain garments of the fitting sample with each of the WOVEN patterns on them."""
    rng = np.random.default_rng(seed)
    plain = np.flatnonzero(found.pattern == PATTERNS.index("plain"))
    rows = []
    for name in WOVEN:
        for index in rng.choice(plain, WOVEN_EACH, replace=len(plain) < WOVEN_EACH):
            crop = weave(found.pixels[index], name, rng)
            rows.append((crop, PATTERNS.index(name), found.photo[index], found.street[index], True))
    return Labelled.of(rows)


@torch.no_grad()
def describe(head: PatternHead, pixels: np.ndarray, batch: int = 16) -> torch.Tensor:
    """Crops → texture descriptors [N, D]."""
    crops = torch.from_numpy(np.ascontiguousarray(pixels))
    return torch.cat([head.texture(part) for part in crops.split(batch)])


def texture_size() -> int:
    """The number of descriptors D."""
    return describe(PatternHead(1), np.zeros((1, CROP_SIDE, CROP_SIDE, 4), np.uint8)).shape[1]


def fit_linear(head: PatternHead, x: torch.Tensor, y: np.ndarray, weight: np.ndarray) -> None:
    """Weighted cross-entropy with L2; the loss is convex."""
    head.mean.copy_(x.mean(0))
    head.deviation.copy_(x.std(0).clamp(min=1e-3))
    goal, share = torch.as_tensor(y), torch.as_tensor(weight / weight.sum(), dtype=torch.float32)
    torch.nn.init.zeros_(head.linear.weight)
    torch.nn.init.zeros_(head.linear.bias)
    optimizer = torch.optim.LBFGS(
        head.linear.parameters(), max_iter=300, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        losses = F.cross_entropy(head.logits(x), goal, reduction="none")
        total = (losses * share).sum() + DECAY / 2 * (head.linear.weight**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    head.requires_grad_(False)


def fit_temperature(logits: torch.Tensor, y: np.ndarray) -> float:
    """The temperature of the least log loss, to a hundredth."""
    goal = torch.as_tensor(y)
    grid = np.round(np.arange(0.4, 2.5, 0.01), 2)
    losses = [float(F.cross_entropy(logits / float(t), goal)) for t in grid]
    return float(grid[int(np.argmin(losses))])


def lowest_thresholds(probabilities: np.ndarray, y: np.ndarray, weight: np.ndarray) -> list[float]:
    """For each pattern the lowest confidence, in hundredths, from which its guesses are shown.

    1, so never, where the garments do not prove it.
    """
    confidence, guess = probabilities.max(1), probabilities.argmax(1)

    def lowest(pattern: int) -> float:
        for threshold in np.round(np.arange(0.5, 0.97, 0.01), 2):
            shown = weight * ((guess == pattern) & (confidence >= threshold))
            right = shown[y == pattern].sum() + PRIOR * PRIOR_COUNT
            if right / (shown.sum() + PRIOR_COUNT) >= PRECISION:
                return float(threshold)
        return 1.0

    return [lowest(pattern) for pattern in range(len(PATTERNS))]


def fit_head(found: Labelled) -> tuple[PatternHead, list[float]]:
    """The head, calibrated, and for each pattern the confidence from which its guesses are shown.

    Temperature and thresholds come from garments that the fit did not see, by photo; the
    temperature from those labelled at random alone.
    """
    woven = woven_crops(found)
    size = texture_size()
    head = PatternHead(size)
    x, woven_x = describe(head, found.pixels), describe(head, woven.pixels)
    every = torch.cat([x, woven_x])
    y = np.concatenate([found.pattern, woven.pattern])
    photo = np.concatenate([found.photo, woven.photo])
    weight = np.where(np.concatenate([found.picked, woven.picked]), LESS, 1.0)
    photos = np.unique(photo)
    fold = np.random.default_rng(1).permutation(len(photos))[np.searchsorted(photos, photo)] % FOLDS
    held = torch.zeros(len(x), len(PATTERNS))
    for number in range(FOLDS):
        part = PatternHead(size)
        seen = fold != number
        fit_linear(part, every[seen], y[seen], weight[seen])
        mine = np.flatnonzero(fold[: len(x)] == number)
        held[mine] = part.logits(x[mine])
    fit_linear(head, every, y, weight)
    random = ~found.picked
    temperature = fit_temperature(held[random], found.pattern[random])
    head.temperature.fill_(temperature)
    calibrated = torch.softmax(held / temperature, 1).numpy()
    return head.eval(), lowest_thresholds(calibrated, found.pattern, weight[: len(x)])


def measure(probabilities: np.ndarray, found: Labelled, thresholds: list[float]) -> dict:
    """Figures on labelled garments, each with a 95 % interval over photos."""
    guess, confidence = probabilities.argmax(1), probabilities.max(1)
    right, shown = guess == found.pattern, confidence >= np.array(thresholds)[guess]

    def estimate(mine: np.ndarray) -> list[float]:
        if not mine.any():
            return []
        figure = bootstrap({"": partial(weighted_mean, right[mine])}, found.photo[mine], 2000)
        value = figure.estimate("")
        return [round(v, 3) for v in (value.value, value.low, value.high)]

    bins = reliability_bins(list(zip(confidence, right, strict=True)))
    return {
        "garments": len(right),
        "accuracy": estimate(np.ones(len(right), bool)),
        "street": estimate(found.street),
        "shop": estimate(~found.street),
        "calibrationError": round(calibration_error(bins), 3),
        "shown": round(float(shown.mean()), 3),
        "shownAccuracy": estimate(shown),
        "patterns": {
            name: {
                "garments": int((found.pattern == i).sum()),
                "recall": estimate(found.pattern == i),
                "shown": int((shown & (guess == i)).sum()),
                "shownPrecision": estimate(shown & (guess == i)),
            }
            for i, name in enumerate(PATTERNS)
        },
    }
