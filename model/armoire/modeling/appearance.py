"""Colour and outline descriptors of a garment under its mask; nothing here is a network."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

HISTOGRAM_BINS = 8
PALETTE_SIZE = 64
# Kernel width of the soft assignment to palette colours, in Lab / 100: about one shade.
PALETTE_SIGMA = 0.08
COLOUR_GRID = 4
OUTLINE_GRID = 8


def opponent_colours(rgb: Tensor) -> Tensor:
    """RGB 0–1 [B, 3, H, W] → lightness, red–green, yellow–blue [B, 3, H, W], each about 0–1.

    A linear approximation of Lab that exports to a few multiplications.
    """
    red, green, blue = rgb.unbind(1)
    lightness = 0.299 * red + 0.587 * green + 0.114 * blue
    return torch.stack(
        [lightness, 0.5 + (red - green) / 2, 0.5 + ((red + green) / 2 - blue) / 2], 1
    )


def lab(rgb: Tensor) -> Tensor:
    """sRGB 0–1 [..., 3] → CIE Lab / 100 [..., 3] under D65."""
    linear = torch.where(
        rgb <= 0.04045, rgb / 12.92, ((rgb.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4
    )
    to_xyz = torch.tensor(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ],
        device=rgb.device,
    )
    white = torch.tensor([0.95047, 1.0, 1.08883], device=rgb.device)
    xyz = linear @ to_xyz.T / white
    roots = torch.where(xyz > 0.008856, xyz.clamp(min=0.008856) ** (1 / 3), 7.787 * xyz + 16 / 116)
    x, y, z = roots.unbind(-1)
    return torch.stack([1.16 * y - 0.16, 5 * (x - y), 2 * (y - z)], -1)


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """Mean of values [B, C, H, W] weighted by a mask [B, 1, H, W] → [B, C]."""
    return (values * mask).sum((2, 3)) / mask.sum((2, 3)).clamp(min=1e-4)


def masked_grid(values: Tensor, mask: Tensor, cells: int) -> Tensor:
    """Masked means in a grid of cells × cells → [B, C · cells²]; 0 where a cell is empty."""
    step = values.shape[-1] // cells
    weight = F.avg_pool2d(mask, step)
    mean = F.avg_pool2d(values * mask, step) / weight.clamp(min=1e-3)
    return mean.flatten(1)


def soft_histogram(values: Tensor, mask: Tensor, bins: int) -> Tensor:
    """Square root of a triangular-kernel histogram per channel under the mask → [B, C · bins]."""
    parts = []
    for index in range(bins):
        centre = index / (bins - 1)
        near = (1 - (values - centre).abs() * (bins - 1)).clamp(min=0)
        parts.append(masked_mean(near, mask))
    return torch.cat(parts, 1).clamp(min=0).sqrt()


class Appearance(nn.Module):
    """Crops uint8 [B, S, S, 4], mask [B, 1, S, S] 0–1 → (outline [B, 64], colours [B, 136])."""

    outline_size = OUTLINE_GRID**2
    colour_size = 3 * HISTOGRAM_BINS + 3 * COLOUR_GRID**2 + PALETTE_SIZE

    def __init__(self):
        super().__init__()
        # Colours of garments in Lab / 100: k-means by `retrieval.descriptors.fit_palette`.
        self.register_buffer("palette", torch.rand(PALETTE_SIZE, 3))

    def forward(self, crops: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        rgb = crops[..., :3].float().permute(0, 3, 1, 2) / 255
        small_mask = F.avg_pool2d(mask, 4)
        small = F.avg_pool2d(rgb * mask, 4) / small_mask.clamp(min=1e-3)
        opponent = opponent_colours(small)
        histogram = soft_histogram(opponent, small_mask, HISTOGRAM_BINS)
        grid = masked_grid(opponent, small_mask, COLOUR_GRID)
        outline = F.avg_pool2d(mask, mask.shape[-1] // OUTLINE_GRID).flatten(1)
        return outline, torch.cat([histogram, grid, self.palette_shares(small, small_mask)], 1)

    def palette_shares(self, rgb: Tensor, mask: Tensor) -> Tensor:
        """Square root of the share of the garment in each palette colour → [B, 64]."""
        pixels = lab(rgb.permute(0, 2, 3, 1))
        similarity = 2 * pixels @ self.palette.T - (self.palette**2).sum(1)
        near = torch.softmax(similarity / (2 * PALETTE_SIGMA**2), -1).permute(0, 3, 1, 2)
        return masked_mean(near, mask).clamp(min=0).sqrt()
