"""Colour and outline descriptors of a garment under its mask; nothing here is a network."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

HISTOGRAM_BINS = 8
PALETTE_SIZE = 64
# Kernel width of the soft assignment to palette colours, in Lab / 100: about one shade.
PALETTE_SIGMA = 0.08
COLOUR_GRID = 4
OUTLINE_GRID = 8
# The server's palette (server/vocabulary/palette.ts): two points in Lab for each colour's name.
SHADES = {
    "black": [[14, -2, 0], [21, 0, -2]],
    "white": [[102, 1, 0], [100, 0, 0]],
    "grey": [[49, 1, 1], [59, 1, -1]],
    "beige": [[86, 5, 26], [60, 5, 19]],
    "brown": [[31, 14, 24], [51, 14, 25]],
    "red": [[32, 47, 15], [51, 60, 35]],
    "orange": [[61, 38, 57], [70, 34, 62]],
    "yellow": [[71, 9, 57], [92, 12, 36]],
    "green": [[40, -14, 12], [77, -17, 34]],
    "blue": [[41, 13, -44], [60, -8, -29]],
    "navy": [[18, 3, -21], [32, 4, -22]],
    "purple": [[38, 32, -25], [53, 26, -25]],
    "pink": [[59, 22, 5], [45, 47, -7]],
}
# Squared ΔE over which a pixel's vote passes from one shade to the next, as in `fit_palette`.
SHADE_TEMPERATURE = 40
# Above 1, so that the leading colour counts for more than its share.
SHADE_POWER = 1.5


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
    """Crops uint8 [B, S, S, 4], mask [B, 1, S, S] 0–1 → outline, colours, shades.

    Outlines are [B, 64], colours [B, 136], shades [B, 13].
    """

    outline_size = OUTLINE_GRID**2
    shades_size = len(SHADES)
    colour_size = 3 * HISTOGRAM_BINS + 3 * COLOUR_GRID**2 + PALETTE_SIZE

    def __init__(self):
        super().__init__()
        # Colours of garments in Lab / 100: k-means by `retrieval.descriptors.fit_palette`.
        self.register_buffer("palette", torch.rand(PALETTE_SIZE, 3))

    def forward(self, crops: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        rgb = crops[..., :3].float().permute(0, 3, 1, 2) / 255
        small_mask = F.avg_pool2d(mask, 4)
        small = F.avg_pool2d(rgb * mask, 4) / small_mask.clamp(min=1e-3)
        opponent = opponent_colours(small)
        histogram = soft_histogram(opponent, small_mask, HISTOGRAM_BINS)
        grid = masked_grid(opponent, small_mask, COLOUR_GRID)
        outline = F.avg_pool2d(mask, mask.shape[-1] // OUTLINE_GRID).flatten(1)
        pixels = lab(small.permute(0, 2, 3, 1))
        shares = self.palette_shares(pixels, small_mask)
        return outline, torch.cat([histogram, grid, shares], 1), shades(pixels, small_mask)

    def palette_shares(self, pixels: Tensor, mask: Tensor) -> Tensor:
        """Square root of the share of the garment in each palette colour → [B, 64]."""
        similarity = 2 * pixels @ self.palette.T - (self.palette**2).sum(1)
        near = torch.softmax(similarity / (2 * PALETTE_SIGMA**2), -1).permute(0, 3, 1, 2)
        return masked_mean(near, mask).clamp(min=0).sqrt()


def shades(pixels: Tensor, mask: Tensor) -> Tensor:
    """The garment's shares of the 13 colours, their leading one raised, as unit vectors [B, 13].

    `pixels` are Lab / 100 [B, H, W, 3]. A garment without pixels has zeros.
    """
    points = torch.tensor(list(SHADES.values()), dtype=torch.float32, device=pixels.device) / 100
    flat = points.flatten(0, 1)
    similarity = 2 * pixels @ flat.T - (flat**2).sum(1)
    near = torch.softmax(similarity * 1e4 / SHADE_TEMPERATURE, -1)
    # The sum over a colour's points as a product: ONNX cannot unflatten a batch of none.
    colours = torch.eye(len(points), device=pixels.device).repeat_interleave(points.shape[1], 0)
    votes = (near @ colours).permute(0, 3, 1, 2)
    return F.normalize(masked_mean(votes, mask).clamp(min=1e-6) ** SHADE_POWER, dim=1)


@torch.no_grad()
def shades_of(crops: np.ndarray) -> np.ndarray:
    """Crops uint8 [N, S, S, 4] → their shades float32 [N, 13]."""
    appearance, found = Appearance(), []
    for start in range(0, len(crops), 32):
        batch = torch.from_numpy(np.array(crops[start : start + 32]))
        mask = (batch[..., 3:].float() / 255).permute(0, 3, 1, 2)
        found.append(appearance(batch, mask)[2])
    return torch.cat([torch.zeros(0, Appearance.shades_size), *found]).numpy()
