"""The server's palette: two points in CIE Lab for each of the 13 colour names."""

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from armoire.data.sample import Sample, read_rgb
from armoire.modeling.appearance import lab
from armoire.photo import COLOURS

# Where the fit begins, and what it stays close to: colours of which there are few garments.
START = {
    "black": [[12, 0, 0], [25, 1, -2]],
    "white": [[95, 0, 2], [85, 0, 3]],
    "grey": [[45, 0, -1], [65, 0, 0]],
    "beige": [[78, 3, 15], [65, 6, 18]],
    "brown": [[30, 12, 15], [45, 16, 25]],
    "red": [[35, 45, 20], [50, 60, 40]],
    "orange": [[62, 35, 50], [70, 30, 60]],
    "yellow": [[80, 5, 60], [85, 0, 40]],
    "green": [[40, -18, 15], [65, -25, 25]],
    "blue": [[45, 0, -35], [70, -5, -22]],
    "navy": [[18, 5, -18], [28, 4, -22]],
    "purple": [[35, 28, -28], [60, 22, -20]],
    "pink": [[75, 25, 3], [55, 50, 0]],
}
# Squared ΔE over which a pixel's vote passes from one colour to the next.
TEMPERATURE = 40
PULL_TO_START = 2e-4


def sample_pixels(samples: list[Sample], count: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """`count` pixels in Lab under each labelled mask [N, count, 3], and the labels [N]."""
    random = np.random.default_rng(seed)
    pixels, labels = [], []
    for sample in samples:
        photo = read_rgb(sample.path)
        for garment in sample.garments:
            mask = np.zeros(photo.shape[:2], np.uint8)
            cv2.fillPoly(mask, [np.int32(polygon) for polygon in garment.polygons], 1)
            if not garment.masked or not mask.any() or "colour" not in garment.extra:
                continue
            inside = photo[mask.astype(bool)]
            pixels.append(inside[random.integers(0, len(inside), count)])
            labels.append(COLOURS.index(garment.extra["colour"]))
    stacked = torch.from_numpy(np.stack(pixels).astype(np.float32) / 255)
    return lab(stacked) * 100, torch.tensor(labels)


def votes(palette: Tensor, pixels: Tensor) -> Tensor:
    """Share of pixels [N, P, 3] nearest to each colour of the palette [C, K, 3] → [N, C]."""
    colours, points, _ = palette.shape
    nearest = ((pixels[:, :, None] - palette.reshape(1, 1, -1, 3)) ** 2).sum(-1).argmin(-1)
    return F.one_hot(nearest // points, colours).float().mean(1)


def soft_votes(palette: Tensor, pixels: Tensor) -> Tensor:
    """As `votes`, with a gradient."""
    far = ((pixels[:, :, None] - palette.reshape(1, 1, -1, 3)) ** 2).sum(-1) / TEMPERATURE
    near = torch.logsumexp(-far.unflatten(-1, palette.shape[:2]), -1)
    return near.softmax(-1).mean(1)


def fit_palette(pixels: Tensor, labels: Tensor, epochs: int = 30, seed: int = 0) -> Tensor:
    """Moves the points so that each garment's label has most of its pixels' votes → [13, 2, 3]."""
    generator = torch.Generator().manual_seed(seed)
    start = torch.tensor([START[name] for name in COLOURS], dtype=torch.float32)
    palette = start.clone().requires_grad_()
    optimiser = torch.optim.Adam([palette], lr=0.5)
    # Rare colours count for more, but not as much as common ones together.
    weight = (1 / torch.bincount(labels, minlength=len(COLOURS)).clamp(min=5))[labels] ** 0.25
    weight /= weight.mean()
    for _ in range(epochs):
        for batch in torch.randperm(len(pixels), generator=generator).split(128):
            shares = soft_votes(palette, pixels[batch])
            loss = F.nll_loss((shares + 1e-4).log(), labels[batch], reduction="none")
            pull = ((palette - start) ** 2).mean() * PULL_TO_START
            optimiser.zero_grad()
            ((weight[batch] * loss).mean() + pull).backward()
            optimiser.step()
    return palette.detach().round()
