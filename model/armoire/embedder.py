"""The embedder: a garment cut out by its mask → a unit vector of 256.

Its features come from a copy of the parser's own first stages, pooled under the mask, beside plain
colour and outline descriptors; a learnt projection weighs them all.
"""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.backbone import SEResNet
from armoire.photo import normalise

SIDE = 160
SIZE = 256
COLOUR_BINS = 8


def opponent_colours(rgb: Tensor) -> Tensor:
    """[B, 3, H, W] RGB 0–1 → lightness, red–green, yellow–blue, each about 0–1.

    A linear stand-in for Lab that exports to a handful of multiplications.
    """
    red, green, blue = rgb.unbind(1)
    lightness = 0.299 * red + 0.587 * green + 0.114 * blue
    return torch.stack(
        [lightness, 0.5 + (red - green) / 2, 0.5 + ((red + green) / 2 - blue) / 2], 1
    )


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """[B, C, H, W] under [B, 1, H, W] weights → [B, C]."""
    return (values * mask).sum((2, 3)) / mask.sum((2, 3)).clamp(min=1e-4)


def masked_grid(values: Tensor, mask: Tensor, cells: int) -> Tensor:
    """Masked means in a grid of cells × cells → [B, C · cells²]; empty cells are 0."""
    step = values.shape[-1] // cells
    weight = F.avg_pool2d(mask, step)
    mean = F.avg_pool2d(values * mask, step) / weight.clamp(min=1e-3)
    return mean.flatten(1)


def soft_histogram(values: Tensor, mask: Tensor, bins: int) -> Tensor:
    """Triangular-kernel histogram per channel under the mask, square-rooted → [B, C · bins]."""
    parts = []
    for index in range(bins):
        centre = index / (bins - 1)
        near = (1 - (values - centre).abs() * (bins - 1)).clamp(min=0)
        parts.append(masked_mean(near, mask))
    return torch.cat(parts, 1).clamp(min=0).sqrt()


class Descriptor(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → what is seen under the mask, float [B, size]."""

    def __init__(self, backbone: SEResNet):
        super().__init__()
        # A copy: the parser trains on, and neither may change the other's weights.
        backbone = copy.deepcopy(backbone)
        self.stem, self.pool = backbone.stem, backbone.pool
        self.stages = nn.ModuleList(backbone.stages[:3])
        _, c3, c4 = backbone.channels[:3]
        self.size = c3 * 2 + c4 * 6 + 3 * COLOUR_BINS + 3 * 16 + 64

    def forward(self, crops: Tensor) -> Tensor:
        mask = (crops[..., 3:].float() / 255).permute(0, 3, 1, 2)
        images = normalise(crops[..., :3]) * mask
        x = self.stages[0](self.pool(F.relu(self.stem(images))))
        c3 = self.stages[1](x)
        c4 = self.stages[2](c3)
        return torch.cat([self.pool_features(c3, c4, mask), self.appearance(crops, mask)], 1)

    def pool_features(self, c3: Tensor, c4: Tensor, mask: Tensor) -> Tensor:
        """Means and generalised means of C3 and C4 under the mask, and C4 in a 2×2 grid."""
        mask3 = F.avg_pool2d(mask, 8)
        mask4 = F.avg_pool2d(mask, 16)
        peaks3 = masked_mean(c3.clamp(min=1e-4) ** 3, mask3) ** (1 / 3)
        peaks4 = masked_mean(c4.clamp(min=1e-4) ** 3, mask4) ** (1 / 3)
        parts = [masked_mean(c3, mask3), peaks3, masked_mean(c4, mask4), peaks4]
        return torch.cat([*parts, masked_grid(c4, mask4, 2)], 1)

    def appearance(self, crops: Tensor, mask: Tensor) -> Tensor:
        """Colours over all and in a 4×4 grid, and the outline on an 8×8 grid."""
        rgb = crops[..., :3].float().permute(0, 3, 1, 2) / 255
        small_mask = F.avg_pool2d(mask, 4)
        small = F.avg_pool2d(rgb * mask, 4) / small_mask.clamp(min=1e-3)
        colours = opponent_colours(small)
        histogram = soft_histogram(colours, small_mask, COLOUR_BINS)
        grid = masked_grid(colours, small_mask, 4)
        outline = F.avg_pool2d(mask, mask.shape[-1] // 8).flatten(1)
        return torch.cat([histogram, grid, outline], 1)


class Projection(nn.Module):
    """Descriptors [B, D] → unit vectors [B, 256]: standardise, one linear layer, normalise."""

    def __init__(self, inputs: int):
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("deviation", torch.ones(inputs))
        self.linear = nn.Linear(inputs, SIZE)

    def forward(self, x: Tensor) -> Tensor:
        x = ((x - self.mean) / self.deviation).clamp(-6, 6)
        return F.normalize(self.linear(x), dim=1)

    @torch.no_grad()
    def fit_whitening(self, descriptors: Tensor, shrink: float = 0.1) -> None:
        """Standardises, then PCA with shrunk whitening: the start before anything is learnt."""
        self.mean.copy_(descriptors.mean(0))
        self.deviation.copy_(descriptors.std(0).clamp(min=1e-3))
        x = ((descriptors - self.mean) / self.deviation).clamp(-6, 6)
        _, values, axes = torch.linalg.svd(x - x.mean(0), full_matrices=False)
        power = values**2 / len(x)
        kept = min(SIZE, len(power))
        scale = (power[:kept] + shrink * power[:kept].mean()).rsqrt()
        self.linear.weight.zero_()
        self.linear.weight[:kept] = axes[:kept] * scale[:, None]
        self.linear.bias.copy_(-self.linear.weight @ x.mean(0))


class Embedder(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → embeddings float [B, 256], unit length."""

    def __init__(self, backbone: SEResNet):
        super().__init__()
        self.descriptor = Descriptor(backbone)
        self.projection = Projection(self.descriptor.size)

    def forward(self, crops: Tensor) -> Tensor:
        return self.projection(self.descriptor(crops))
