"""The embedder: a garment cut out by its mask → a unit vector of 256 in three parts.

Its features come from a copy of the parser's own first stages, pooled under the mask, beside plain
colour and outline descriptors. Each part is a learnt projection of what it may look at: category
(shape and cut) and pattern see features and outline, colour sees colours alone, so that the colour
of a query can be exchanged for another while the rest stays.
"""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.appearance import Appearance, masked_grid, masked_mean
from armoire.modeling.backbone import SEResNet
from armoire.photo import COLOURS, normalise

SIDE = 160
SIZE = 256
# Name → numbers in the vector, in this order.
PARTS = {"category": 64, "colour": 64, "pattern": 128}


class Descriptor(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → what is seen under the mask, float [B, size].

    First features and outline (`shape_size` numbers), then colours.
    """

    def __init__(self, backbone: SEResNet):
        super().__init__()
        # A copy: the parser trains on, and neither may change the other's weights.
        backbone = copy.deepcopy(backbone)
        self.stem, self.pool = backbone.stem, backbone.pool
        self.stages = nn.ModuleList(backbone.stages[:3])
        self.appearance = Appearance()
        _, c3, c4 = backbone.channels[:3]
        self.shape_size = c3 * 2 + c4 * 6 + Appearance.outline_size
        self.size = self.shape_size + Appearance.colour_size

    def forward(self, crops: Tensor) -> Tensor:
        mask = (crops[..., 3:].float() / 255).permute(0, 3, 1, 2)
        c3, c4 = self.features(normalise(crops[..., :3]) * mask)
        outline, colours = self.appearance(crops, mask)
        return torch.cat([self.pool_features(c3, c4, mask), outline, colours], 1)

    def features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Images [B, 3, S, S], normalised → C3 and C4, strides 8 and 16."""
        x = self.stages[0](self.pool(F.relu(self.stem(images))))
        c3 = self.stages[1](x)
        return c3, self.stages[2](c3)

    def pool_features(self, c3: Tensor, c4: Tensor, mask: Tensor) -> Tensor:
        """Means and generalised means of C3 and C4 under the mask, and C4 in a 2×2 grid."""
        mask3 = F.avg_pool2d(mask, 8)
        mask4 = F.avg_pool2d(mask, 16)
        peaks3 = masked_mean(c3.clamp(min=1e-4) ** 3, mask3) ** (1 / 3)
        peaks4 = masked_mean(c4.clamp(min=1e-4) ** 3, mask4) ** (1 / 3)
        parts = [masked_mean(c3, mask3), peaks3, masked_mean(c4, mask4), peaks4]
        return torch.cat([*parts, masked_grid(c4, mask4, 2)], 1)


class Part(nn.Module):
    """Descriptors [B, inputs] → unit vectors [B, outputs]: standardise, one layer, normalise."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("deviation", torch.ones(inputs))
        self.linear = nn.Linear(inputs, outputs)

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
        kept = min(self.linear.out_features, len(power))
        scale = (power[:kept] + shrink * power[:kept].mean()).rsqrt()
        self.linear.weight.zero_()
        self.linear.weight[:kept] = axes[:kept] * scale[:, None]
        self.linear.bias.copy_(-self.linear.weight @ x.mean(0))


class Projection(nn.Module):
    """Descriptors [B, D] → unit vectors [B, 256] and colour probabilities [B, 13].

    Each part is a unit vector times the root of its weight; the weights sum to 1, so that a cosine
    is the weighted sum of the parts' cosines.
    """

    def __init__(self, shape_size: int, colour_size: int):
        super().__init__()
        self.shape_size = shape_size
        inputs = {"category": shape_size, "colour": colour_size, "pattern": shape_size}
        self.parts = nn.ModuleDict({n: Part(inputs[n], size) for n, size in PARTS.items()})
        self.naming = nn.Linear(PARTS["colour"], len(COLOURS))
        self.register_buffer("weights", torch.full((len(PARTS),), 1 / len(PARTS)))

    def split(self, descriptors: Tensor) -> dict[str, Tensor]:
        """Descriptors → the part of them that each part of the vector looks at."""
        shape, colours = descriptors[:, : self.shape_size], descriptors[:, self.shape_size :]
        return {"category": shape, "colour": colours, "pattern": shape}

    def in_parts(self, descriptors: Tensor) -> dict[str, Tensor]:
        """Unit vectors by part."""
        seen = self.split(descriptors)
        return {name: part(seen[name]) for name, part in self.parts.items()}

    def whole(self, parts: dict[str, Tensor]) -> Tensor:
        roots = self.weights.sqrt()
        return torch.cat([parts[name] * roots[i] for i, name in enumerate(PARTS)], 1)

    def forward(self, descriptors: Tensor) -> tuple[Tensor, Tensor]:
        parts = self.in_parts(descriptors)
        return self.whole(parts), torch.softmax(self.naming(parts["colour"]), 1)

    def fit_whitening(self, descriptors: Tensor) -> None:
        for name, seen in self.split(descriptors).items():
            self.parts[name].fit_whitening(seen)


class Embedder(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → embeddings [B, 256], unit length; colours [B, 13]."""

    def __init__(self, backbone: SEResNet):
        super().__init__()
        self.descriptor = Descriptor(backbone)
        shape_size = self.descriptor.shape_size
        self.projection = Projection(shape_size, self.descriptor.size - shape_size)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        return self.projection(self.descriptor(crops))
