"""Fits the outline network to garments with good outlines, rough masks in hand."""

import logging
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from statistics import mean

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from armoire.data.rough import (
    MARGIN,
    Example,
    bounds_of,
    crop_matrix,
    fine_mask,
    own_cells,
    place_cells,
    spoil,
    warp,
)
from armoire.data.sample import read_rgb
from armoire.evaluation.outlines import boundary_f, mask_iou
from armoire.modeling.outline import MULTIPLE, SIDE, Outline
from armoire.photo import MEAN

log = logging.getLogger(__name__)
# Pixels of a crop on either side of an outline that weigh more, and how much more.
RIM = 3
RIM_WEIGHT = 4.0
# Steps in which the learning rate rises, and from one checkpoint to the next.
WARM_UP = 60
KEEP_EVERY = 300


@dataclass
class Fit:
    """Settings. Half an epoch took a quarter of an hour on a busy core."""

    epochs: float = 2.0
    batch_size: int = 8
    lr: float = 1e-3
    # The encoder knows much already.
    encoder_lr: float = 1.5e-4
    weight_decay: float = 0.02
    # Of the examples whose rough mask is the parser's rather than the label's at its resolution.
    parsed: float = 0.75
    spoiled: float = 1.0
    # Stem and stages that stay as the parser has them.
    frozen: int = 2
    seed: int = 0


@dataclass
class Crop:
    """`planes` uint8 [H, W, 5] as the network takes them, `mask` uint8 [H, W] 0–255."""

    planes: np.ndarray
    mask: np.ndarray


def crop_of(
    example: Example,
    photo: np.ndarray,
    rng: np.random.Generator | None = None,
    settings: Fit | None = None,
) -> Crop:
    """An example as the server would show it, or with `rng` and settings a random view of it."""
    garment, turn, margin, side = example.garment, 0.0, MARGIN, SIDE
    box, cells = example.box, example.cells
    if cells is None or (rng is not None and rng.random() >= settings.parsed):
        box = garment.box.astype(np.float32)
        cells = own_cells(garment, box)
    if rng is not None:
        box, cells = spoil(box, cells, rng, settings.spoiled * rng.random())
        turn, margin = rng.normal(0, 4), rng.uniform(0.06, 0.16)
        side = int(SIDE * rng.uniform(0.8, 1))
        photo = recoloured(photo, rng)
    matrix, size = crop_matrix(bounds_of(cells, box), photo.shape, side, margin, turn)
    rough = place_cells(cells, box, matrix, size) >= 0.5
    beside = np.zeros(size[::-1], bool)
    for other_box, other in example.others:
        beside |= place_cells(other, other_box, matrix, size) >= 0.5
    planes = np.dstack([warp(photo, matrix, size), np.uint8(rough) * 255, np.uint8(beside) * 255])
    mask = fine_mask(garment, photo.shape, matrix, size)
    if rng is not None and rng.random() < 0.5:
        planes, mask = planes[:, ::-1], mask[:, ::-1]
    return Crop(planes, mask)


def recoloured(photo: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Other light and contrast, some blur and JPEG."""
    gain = rng.uniform(0.8, 1.2) * rng.uniform(0.94, 1.06, 3)
    table = np.arange(256)[:, None] * gain + rng.uniform(-14, 14)
    photo = cv2.LUT(photo, np.clip(table, 0, 255).astype(np.uint8)[None].reshape(256, 1, 3))
    if rng.random() < 0.2:
        photo = cv2.GaussianBlur(photo, (0, 0), rng.uniform(0.4, 1.2))
    if rng.random() < 0.2:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 90))]
        photo = cv2.imdecode(cv2.imencode(".jpg", photo, quality)[1], cv2.IMREAD_COLOR)
    return photo


def batch_of(crops: list[Crop]) -> tuple[Tensor, Tensor, Tensor]:
    """Crops on one canvas: planes uint8 [B, H, W, 5], masks and which pixels count [B, H, W]."""
    canvas = [max(c.mask.shape[d] for c in crops) for d in (0, 1)]
    height, width = (-(-s // MULTIPLE) * MULTIPLE for s in canvas)
    planes = np.zeros((len(crops), height, width, 5), np.uint8)
    planes[..., :3] = MEAN
    masks, counts = np.zeros((2, len(crops), height, width), np.float32)
    for i, crop in enumerate(crops):
        h, w = crop.mask.shape
        planes[i, :h, :w] = crop.planes
        masks[i, :h, :w] = crop.mask / 255
        counts[i, :h, :w] = 1
    return torch.from_numpy(planes), torch.from_numpy(masks), torch.from_numpy(counts)


def loss_of(logits: Tensor, masks: Tensor, counts: Tensor) -> Tensor:
    """Cross-entropy, with more weight near the outline, and one less the Dice coefficient."""
    size = 2 * RIM + 1
    near = F.avg_pool2d(masks[:, None], size, 1, RIM, count_include_pad=False)[:, 0]
    weights = counts * (1 + RIM_WEIGHT * ((near > 0.02) & (near < 0.98)))
    entropy = F.binary_cross_entropy_with_logits(logits, masks, reduction="none")
    entropy = (entropy * weights).sum((1, 2)) / weights.sum((1, 2))
    p = torch.sigmoid(logits) * counts
    dice = (2 * (p * masks).sum((1, 2)) + 1) / (p.sum((1, 2)) + masks.sum((1, 2)) + 1)
    return (entropy + 0.5 * (1 - dice)).mean()


class Photos:
    """Decoded photos, kept: a set of 6,000 takes 2 GB."""

    def __init__(self):
        self.known: dict[Path, np.ndarray] = {}

    def __call__(self, path: Path) -> np.ndarray:
        if path not in self.known:
            self.known[path] = read_rgb(path)
        return self.known[path]


def batches(
    examples: list[Example], size: int, rng: np.random.Generator
) -> Iterator[list[Example]]:
    """One pass in random order, in batches of about one shape."""
    order = rng.permutation(len(examples))
    for chunk in np.array_split(order, max(1, len(order) // (size * 32))):
        alike = sorted(chunk, key=lambda i: examples[i].aspect)
        groups = [alike[i : i + size] for i in range(0, len(alike), size)]
        for group in rng.permutation(len(groups)):
            yield [examples[i] for i in groups[group]]


def groups_of(network: Outline, settings: Fit) -> list[dict]:
    """What is learned, by how fast; the first stages of the encoder stay."""
    encoder = [network.stem, *network.stages]
    for module in encoder[: settings.frozen]:
        module.requires_grad_(False)
    known = {id(p) for module in encoder for p in module.parameters()}
    free = [p for p in network.parameters() if p.requires_grad]
    return [
        {"params": [p for p in free if id(p) not in known], "peak": settings.lr},
        {"params": [p for p in free if id(p) in known], "peak": settings.encoder_lr},
    ]


def fit(
    network: Outline,
    examples: list[Example],
    settings: Fit,
    keep: Callable[[], None] = lambda: None,
) -> Outline:
    """Trains in place, `keep` being called now and then. In eval mode at the end."""
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    photos, groups = Photos(), groups_of(network.train(), settings)
    optimizer = torch.optim.AdamW(groups, lr=settings.lr, weight_decay=settings.weight_decay)
    total = max(1, int(settings.epochs * len(examples) / settings.batch_size))
    endless = (b for _ in count() for b in batches(examples, settings.batch_size, rng))
    losses, start = [], time.monotonic()
    for step, batch in enumerate(islice(endless, total), 1):
        pace = min(1, step / WARM_UP) * 0.5 * (1 + math.cos(math.pi * (step - 1) / total))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * pace
        crops = [crop_of(e, photos(e.sample.path), rng, settings) for e in batch]
        planes, masks, counts = batch_of(crops)
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(planes).float()
        loss = loss_of(logits, masks, counts)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
        optimizer.step()
        losses.append(loss.item())
        if step % 50 == 0:
            seconds = time.monotonic() - start
            log.info("step %d of %d: loss %.4f, %.0f s", step, total, mean(losses[-50:]), seconds)
        if step % KEEP_EVERY == 0:
            keep()
    return network.eval()


@torch.no_grad()
def inside_of(network: Outline, crop: Crop) -> np.ndarray:
    """Which pixels of a crop the network takes for the garment's, bool [H, W]."""
    height, width = crop.mask.shape
    return network(batch_of([crop])[0])[0, :height, :width].numpy() > 0


def measure(network: Outline, examples: list[Example]) -> list[str]:
    """Lines of a table: rough masks against the network's, where the parser found the garment."""
    rows = {"street": [], "shop": []}
    for example in examples:
        if example.cells is None:
            continue
        crop = crop_of(example, read_rgb(example.sample.path))
        label = crop.mask >= 128
        outlines = crop.planes[..., 3] > 0, inside_of(network, crop)
        scores = [f(o, label) for o in outlines for f in (mask_iou, boundary_f)]
        rows["street" if example.sample.source == "user" else "shop"].append(scores)
    lines = ["| photos | outline | garments | IoU, mean | median | boundary F |"]
    lines.append("|---|---|--:|--:|--:|--:|")
    for photos, scores in rows.items():
        for place, outline in enumerate(("parser", "network")):
            if not scores:
                continue
            iou, rim = np.float64(scores)[:, 2 * place : 2 * place + 2].T
            figures = f"{len(scores)} | {iou.mean():.3f} | {np.median(iou):.3f} | {rim.mean():.3f}"
            lines.append(f"| {photos} | {outline} | {figures} |")
    return lines
