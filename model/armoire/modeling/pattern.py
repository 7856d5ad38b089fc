"""The pattern of a garment from its crop and embedding, by a linear layer.

Embeddings know motifs from cloth; texture descriptors under the mask know stripes, checks and dots.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.embedder import EMBEDDING_SIZE

# In the order of the output; server/vocabulary/taxonomy.ts has the same.
PATTERNS = ("plain", "striped", "checked", "dotted", "floral", "print")
ORIENTATIONS = 4
# Halvings of the crop at which the filters are applied, and at which the wide filters are too.
LEVELS = 4
WIDE_LEVELS = 3


def quadrature_filters(period: float, radius: int) -> Tensor:
    """Cosine and sine waves of a period in pixels under a Gaussian, at 4 angles: [8, 1, K, K].

    Each has mean 0 under the Gaussian and absolute sum 1.
    """
    at = torch.arange(-radius, radius + 1.0)
    y, x = torch.meshgrid(at, at, indexing="ij")
    window = torch.exp(-(x * x + y * y) / (2 * (0.45 * period) ** 2))
    filters = []
    for index in range(ORIENTATIONS):
        angle = math.pi * index / ORIENTATIONS
        phase = (x * math.cos(angle) + y * math.sin(angle)) * 2 * math.pi / period
        for wave in (torch.cos(phase), torch.sin(phase)):
            weighted = window * wave
            weighted = weighted - window * (weighted.sum() / window.sum())
            filters.append(weighted / weighted.abs().sum())
    return torch.stack(filters)[:, None]


class Texture(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → descriptors float [B, D] under the mask.

    At each level of a pyramid: how strong waves of two lengths are (log), and, of the lightness,
    their share by direction, their spread over the garment, where both directions meet (checks),
    and where one prevails (stripes).
    """

    def __init__(self):
        super().__init__()
        self.register_buffer("fine", quadrature_filters(3.0, 3))
        self.register_buffer("wide", quadrature_filters(4.4, 4))

    def forward(self, crops: Tensor) -> Tensor:
        pixels = crops.permute(0, 3, 1, 2).float() / 255
        mask = pixels[:, 3:]
        red, green, blue = pixels[:, 0:1], pixels[:, 1:2], pixels[:, 2:3]
        lightness = 0.299 * red + 0.587 * green + 0.114 * blue
        opponent = torch.cat([lightness, (red - green) / 2, ((red + green) / 2 - blue) / 2], 1)
        area = mask.sum((2, 3), keepdim=True).clamp(min=1)
        deviation = (opponent - (opponent * mask).sum((2, 3), keepdim=True) / area) * mask
        spread = (deviation**2).sum((2, 3)) / area[..., 0, 0]
        parts = [torch.log(spread + 1e-5)]
        for level in range(LEVELS):
            filled, inner = fill_outside(deviation, mask)
            # The finest level carries hardly any colour that is not noise of compression.
            for channel in (0,) if level == 0 else (0, 1, 2):
                image = filled[:, channel : channel + 1]
                parts += self.measure(image, inner, level < WIDE_LEVELS, channel == 0)
            weight = F.avg_pool2d(mask, 2)
            mask = (weight > 0.5).float()
            deviation = F.avg_pool2d(deviation, 2) / weight.clamp(min=0.25) * mask
        return torch.cat(parts, 1)

    def measure(self, image: Tensor, inner: Tensor, both: bool, directions: bool) -> list[Tensor]:
        """One channel [B, 1, H, W] of one level → descriptors, inside the mask `inner`."""
        area = inner.sum((2, 3)).clamp(min=1)
        parts = []
        for filters in (self.fine, self.wide) if both else (self.fine,):
            waves = F.conv2d(image, filters, padding=filters.shape[-1] // 2)
            energy = (waves[:, 0::2] ** 2 + waves[:, 1::2] ** 2 + 1e-8).sqrt()
            mean = (energy * inner).sum((2, 3)) / area
            total = mean.mean(1, keepdim=True)
            parts.append(torch.log(total + 0.002))
            if directions:
                found = self.directions(energy, mean, total, inner, area)
                parts.append(found / (total + 0.003))
        return parts

    def directions(
        self, energy: Tensor, mean: Tensor, total: Tensor, inner: Tensor, area: Tensor
    ) -> Tensor:
        """Energy [B, 4, H, W] and its mean [B, 4] → 7 numbers, the same after a quarter turn."""
        straight, slanted = mean[:, 0::2], mean[:, 1::2]
        across, slanting = energy[:, 0:1] - energy[:, 2:3], energy[:, 1:2] - energy[:, 3:4]
        off = energy.mean(1, keepdim=True) - total[..., None, None]
        spread = ((off**2 * inner).sum((2, 3)) / area + 1e-10).sqrt()
        meeting = (torch.minimum(energy[:, 0:1], energy[:, 2:3]) * inner).sum((2, 3)) / area
        prevailing = ((across**2 + slanting**2 + 1e-10).sqrt() * inner).sum((2, 3)) / area
        extremes = [
            f(part, 1, True) for part in (straight, slanted) for f in (torch.amax, torch.amin)
        ]
        return torch.cat([*extremes, spread, meeting, prevailing], 1)


def fill_outside(deviation: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Continues a garment past its edge, so that it is no wave; and the mask without its rim."""
    weight = F.avg_pool2d(mask, 9, 1, 4)
    near = F.avg_pool2d(deviation, 9, 1, 4) / weight.clamp(min=0.02)
    filled = deviation + near * (1 - mask) * (weight > 0.02)
    inner = (F.avg_pool2d(mask, 5, 1, 2) > 0.99).float()
    # What is too thin to have an inside is measured whole.
    return filled, torch.where(inner.sum((2, 3), keepdim=True) > 12, inner, mask)


class PatternHead(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA, embeddings [B, 256] → probabilities of the patterns [B, 6]."""

    def __init__(self, size: int):
        super().__init__()
        self.texture = Texture()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("deviation", torch.ones(size))
        self.linear = nn.Linear(size, len(PATTERNS))
        self.register_buffer("temperature", torch.ones(()))

    def describe(self, crops: Tensor, embeddings: Tensor) -> Tensor:
        """Texture descriptors and embeddings, in numbers of about one size [B, D]."""
        return torch.cat([self.texture(crops), embeddings * EMBEDDING_SIZE**0.5], 1)

    def logits(self, descriptors: Tensor) -> Tensor:
        """Descriptors [B, D] → logits [B, 6], not calibrated."""
        return self.linear(((descriptors - self.mean) / self.deviation).clamp(-4, 4))

    def forward(self, crops: Tensor, embeddings: Tensor) -> Tensor:
        return torch.softmax(self.logits(self.describe(crops, embeddings)) / self.temperature, 1)
