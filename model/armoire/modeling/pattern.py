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
        fine, wide = quadrature_filters(3.0, 3), quadrature_filters(4.4, 4)
        framed = F.pad(fine, (1, 1, 1, 1))
        # Cosines first, then sines. One convolution for both lengths: its 16 channels are as many
        # as ONNX Runtime computes in any case, and the frame costs less than a second one.
        self.register_buffer("fine", cat_waves(fine))
        self.register_buffer("both", cat_waves(framed, wide))

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
            # The finest level carries hardly any colour that is not noise of compression.
            images, inner = fill_outside(deviation[:, :1] if level == 0 else deviation, mask)
            parts += self.measure(images, inner, self.both if level < WIDE_LEVELS else self.fine)
            weight = F.avg_pool2d(mask, 2)
            mask = (weight > 0.5).float()
            deviation = F.avg_pool2d(deviation, 2) / weight.clamp(min=0.25) * mask
        return torch.cat(parts, 1)

    def measure(self, images: Tensor, inner: Tensor, filters: Tensor) -> list[Tensor]:
        """Channels [B, C, H, W] of one level, lightness first → descriptors, inside `inner`."""
        channels, height, width = images.shape[1:]
        lengths = len(filters) // (2 * ORIENTATIONS)
        each = images.reshape(-1, 1, height, width)
        waves = F.conv2d(each, filters, padding=filters.shape[-1] // 2)
        # Cosine² + sine² as a convolution: ONNX Runtime then keeps the layout of the first one.
        pair = torch.eye(len(filters) // 2).repeat(1, 2)[..., None, None]
        energy = F.conv2d(waves * waves, pair, torch.full((len(pair),), 1e-8)).sqrt()
        energy = energy.reshape(-1, channels * len(pair), height * width)
        inside, area = inner.reshape(-1, height * width, 1), inner.sum((2, 3)).clamp(min=1)
        mean = (energy @ inside).reshape(-1, channels * lengths, ORIENTATIONS) / area[..., None]
        total = mean.mean(2)
        light = energy[:, : len(pair)].reshape(-1, lengths, ORIENTATIONS, height * width)
        found = self.directions(light, mean[:, :lengths], total[:, :lengths, None], inside, area)
        return [torch.log(total + 0.002), found.flatten(1)]

    def directions(
        self, energy: Tensor, mean: Tensor, total: Tensor, inside: Tensor, area: Tensor
    ) -> Tensor:
        """Energy [B, L, 4, HW], its mean [B, L, 4] and total [B, L, 1] → [B, L, 7].

        The numbers are the same after a quarter turn.
        """
        straight, slanted = mean[..., 0::2], mean[..., 1::2]
        first, turned = energy[:, :, :2], energy[:, :, 2:]
        off = energy.mean(2) - total
        meeting = torch.minimum(first[:, :, 0], turned[:, :, 0])
        prevailing = (((first - turned) ** 2).sum(2) + 1e-10).sqrt()
        maps = torch.cat([off**2, meeting, prevailing], 1) @ inside
        spread, meeting, prevailing = (maps[..., 0] / area).chunk(3, 1)
        extremes = [f(part, 2) for part in (straight, slanted) for f in (torch.amax, torch.amin)]
        spread = (spread + 1e-10).sqrt()
        return torch.stack([*extremes, spread, meeting, prevailing], 2) / (total + 0.003)


def cat_waves(*filters: Tensor) -> Tensor:
    """Filters [2N, 1, K, K] of several lengths in one: all cosines, then all sines."""
    return torch.cat([f[wave::2] for wave in (0, 1) for f in filters])


def mean_around(x: Tensor, size: int) -> Tensor:
    """Mean of the size × size pixels around each, 0 past the edge: by columns, then by rows."""
    x = F.avg_pool2d(x, (1, size), 1, (0, size // 2))
    return F.avg_pool2d(x, (size, 1), 1, (size // 2, 0))


def fill_outside(deviation: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Continues a garment past its edge, so that it is no wave; and the mask without its rim."""
    weight = mean_around(mask, 9)
    near = mean_around(deviation, 9) / weight.clamp(min=0.02)
    filled = deviation + near * ((1 - mask) * (weight > 0.02))
    inner = (mean_around(mask, 5) > 0.99).float()
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
