"""Fits and measures the pattern head on garments that were labelled by eye.

`labels/patterns.json` has the labels: annotation ids of each split, whose photos are read again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from armoire.data.coco import read_coco
from armoire.data.masks import draw_mask
from armoire.data.sample import read_rgb
from armoire.deploy.runtime import ShippedEmbedder
from armoire.evaluation.bootstrap import bootstrap, weighted_mean
from armoire.evaluation.reliability import calibration_error, reliability_bins
from armoire.modeling.embedder import CROP_SIDE
from armoire.modeling.pattern import PATTERNS, PatternHead
from armoire.paths import MODEL
from armoire.retrieval import views

LABELS = MODEL / "labels" / "patterns.json"
FIT_SPLITS = ("train", "more")
FOLDS = 5
BATCH = 8
# L2 of the linear layer, chosen out of fold between .03 and .1.
DECAY = 0.03
# What a garment that was picked for its pattern counts beside one labelled at random.
LESS = 0.35
# A pattern's threshold is the lowest confidence from which so many guesses are right out of fold,
# counted beside PRIOR_COUNT guesses of which the share PRIOR is right. Few guesses prove little.
PRECISION = 0.88
PRIOR, PRIOR_COUNT = 0.8, 2


@dataclass
class Labelled:
    """Crops uint8 [N, S, S, 4]; of each [N] category, pattern's index, photo's number."""

    pixels: np.ndarray
    category: np.ndarray
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
                picture = sample.identifier, street, number in picked
                rows.append((square, garment.category, place, *picture))
    return Labelled.of(rows)


def batches(found: Labelled, embed: ShippedEmbedder) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Crops and their embeddings."""
    for start in range(0, len(found.pixels), BATCH):
        part = slice(start, start + BATCH)
        crops = np.ascontiguousarray(found.pixels[part])
        yield crops, embed(crops, found.category[part])


@torch.no_grad()
def describe(head: PatternHead, embed: ShippedEmbedder, found: Labelled) -> torch.Tensor:
    """Descriptors of the crops, [N, D]."""
    parts = []
    for crops, embedded in batches(found, embed):
        vectors = torch.from_numpy(embedded)
        parts.append(head.describe(torch.from_numpy(crops), vectors))
    return torch.cat(parts)


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


def fit_head(found: Labelled, embed: ShippedEmbedder) -> tuple[PatternHead, list[float]]:
    """The head, calibrated, and for each pattern the confidence from which its guesses are shown.

    Temperature and thresholds come from garments that the fit did not see, by photo; the
    temperature from those labelled at random alone.
    """
    y, weight = found.pattern, np.where(found.picked, LESS, 1.0)
    x = describe(PatternHead(1), embed, found)
    photos = np.unique(found.photo)
    places = np.random.default_rng(1).permutation(len(photos)) % FOLDS
    fold = places[np.searchsorted(photos, found.photo)]
    held = torch.zeros(len(x), len(PATTERNS))
    for number in range(FOLDS):
        part, seen = PatternHead(x.shape[1]), fold != number
        fit_linear(part, x[seen], y[seen], weight[seen])
        held[~seen] = part.logits(x[~seen])
    head = PatternHead(x.shape[1])
    fit_linear(head, x, y, weight)
    random = ~found.picked
    temperature = fit_temperature(held[random], y[random])
    head.temperature.fill_(temperature)
    calibrated = torch.softmax(held / temperature, 1).numpy()
    return head.eval(), lowest_thresholds(calibrated, y, weight)


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
