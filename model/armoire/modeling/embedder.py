"""The embedder: a garment cut out by its mask → a unit vector of 256 numbers in three parts.

Features come from a copy of the parser's first stages, pooled under the mask, next to colour and
outline descriptors. The parts category and pattern see features and outline, the part colour sees
colour descriptors alone; so the colour of a query can be replaced while the rest stays.
Attribute names are keys of checkpoints.
"""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.appearance import Appearance, masked_grid, masked_mean
from armoire.modeling.backbone import SEResNet
from armoire.photo import CATEGORIES, COLOURS, normalise

# Side of a crop in pixels, and the length of the vector.
CROP_SIDE = 160
EMBEDDING_SIZE = 256
# Part → its length, in the order of the vector.
PARTS = {"category": 64, "colour": 64, "pattern": 128}
# The part category begins with the category that the parser named, the part colour with the shares
# of the named colours; what is learnt follows.
NUM_NAMES = len(CATEGORIES)
assert len(COLOURS) == NUM_NAMES
NAMED = ("category", "colour")
LEARNT = {name: size - NUM_NAMES * (name in NAMED) for name, size in PARTS.items()}


class Descriptor(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA → descriptors float [B, size], all under the mask.

    First backbone features and outline (`shape_size` numbers), then colours, then 13 shades.
    """

    def __init__(self, backbone: SEResNet):
        super().__init__()
        # A copy, so that training one network does not change the other.
        backbone = copy.deepcopy(backbone)
        self.stem, self.pool = backbone.stem, backbone.pool
        self.stages = nn.ModuleList(backbone.stages[:3])
        self.appearance = Appearance()
        _, c3, c4 = backbone.channels[:3]
        self.shape_size = c3 * 2 + c4 * 6 + Appearance.outline_size
        self.size = self.shape_size + Appearance.colour_size + Appearance.shades_size

    def forward(self, crops: Tensor) -> Tensor:
        mask = (crops[..., 3:].float() / 255).permute(0, 3, 1, 2)
        c3, c4 = self.features(normalise(crops[..., :3]) * mask)
        outline, colours, shades = self.appearance(crops, mask)
        return torch.cat([self.pool_features(c3, c4, mask), outline, colours, shades], 1)

    def features(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised images [B, 3, S, S] → C3 and C4 at strides 8 and 16."""
        x = self.stages[0](self.pool(F.relu(self.stem(images))))
        c3 = self.stages[1](x)
        return c3, self.stages[2](c3)

    def pool_features(self, c3: Tensor, c4: Tensor, mask: Tensor) -> Tensor:
        """Masked mean and GeM (p = 3) of C3 and C4, and C4's masked mean in a 2×2 grid."""
        mask3 = F.avg_pool2d(mask, 8)
        mask4 = F.avg_pool2d(mask, 16)
        gem3 = masked_mean(c3.clamp(min=1e-4) ** 3, mask3) ** (1 / 3)
        gem4 = masked_mean(c4.clamp(min=1e-4) ** 3, mask4) ** (1 / 3)
        parts = [masked_mean(c3, mask3), gem3, masked_mean(c4, mask4), gem4]
        return torch.cat([*parts, masked_grid(c4, mask4, 2)], 1)


class PartHead(nn.Module):
    """Descriptors [B, inputs] → unit vectors [B, outputs]: standardise, linear, normalise."""

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
        """Initialises the layer by PCA with shrunk whitening of descriptors [N, inputs]."""
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
    """Descriptors [B, D], labels [B] → unit vectors [B, 256] and colour probabilities [B, 13].

    Each part is a unit vector times the square root of its weight. The weights sum to 1, so the
    cosine of two embeddings is the weighted sum of their parts' cosines. Category and colour are
    divided again: the label (1–13, 0 for none), if there is one, and the shades take `name_shares`.
    """

    def __init__(self, shape_size: int, colour_size: int):
        super().__init__()
        self.shape_size = shape_size
        inputs = {"category": shape_size, "colour": colour_size, "pattern": shape_size}
        self.parts = nn.ModuleDict({n: PartHead(inputs[n], size) for n, size in LEARNT.items()})
        self.naming = nn.Linear(LEARNT["colour"], len(COLOURS))
        self.register_buffer("weights", torch.full((len(PARTS),), 1 / len(PARTS)))
        self.register_buffer("name_shares", torch.zeros(len(NAMED)))

    def split(self, descriptors: Tensor) -> dict[str, Tensor]:
        """Descriptors [B, D] → the slice of them that each part sees."""
        shape, colours = descriptors[:, : self.shape_size], descriptors[:, self.shape_size :]
        return {"category": shape, "colour": colours[:, : -len(COLOURS)], "pattern": shape}

    def project(self, descriptors: Tensor) -> dict[str, Tensor]:
        """Descriptors [B, D] → unit vectors of what each part has learnt, and of the shades."""
        seen = self.split(descriptors)
        learnt = {name: part(seen[name]) for name, part in self.parts.items()}
        return learnt | {"shades": descriptors[:, -len(COLOURS) :]}

    def combine(self, parts: dict[str, Tensor], labels: Tensor | None = None) -> Tensor:
        """What `project` gives, weighted → embeddings [B, 256]; without labels, all are 0."""
        blocks, roots = self.blocks(parts, labels), self.weights.sqrt()
        return torch.cat([blocks[name] * roots[i] for i, name in enumerate(PARTS)], 1)

    def blocks(self, parts: dict[str, Tensor], labels: Tensor | None = None) -> dict[str, Tensor]:
        """What `project` gives and labels [B] → each part's unit vectors, names included."""
        shape = parts["category"]
        if labels is None:
            labels = torch.zeros(len(shape), dtype=torch.uint8, device=shape.device)
        numbers = torch.arange(1, NUM_NAMES + 1, device=shape.device)
        named = (labels[:, None].long() == numbers).float()
        label, shades = self.name_shares
        return {
            "category": join(named, shape, label * named.sum(1, keepdim=True)),
            "colour": join(parts["shades"], parts["colour"], shades),
            "pattern": parts["pattern"],
        }

    def forward(self, descriptors: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        parts = self.project(descriptors)
        return self.combine(parts, labels), torch.softmax(self.naming(parts["colour"]), 1)

    def fit_whitening(self, descriptors: Tensor) -> None:
        """Initialises every part from descriptors [N, D]."""
        for name, seen in self.split(descriptors).items():
            self.parts[name].fit_whitening(seen)


def join(named: Tensor, learnt: Tensor, share: Tensor) -> Tensor:
    """Unit vectors [B, 13] and [B, N], the first with this share → unit vectors [B, 13 + N]."""
    return torch.cat([named * share.sqrt(), learnt * (1 - share).sqrt()], 1)


class Embedder(nn.Module):
    """Crops uint8 [B, S, S, 4] RGBA, labels uint8 [B] → embeddings [B, 256], colours [B, 13].

    Embeddings are of unit length. A label is what the parser named a garment, 1–13, or 0 for none.
    """

    def __init__(self, backbone: SEResNet):
        super().__init__()
        self.descriptor = Descriptor(backbone)
        shape_size = self.descriptor.shape_size
        self.projection = Projection(shape_size, Appearance.colour_size)

    def forward(self, crops: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        return self.projection(self.descriptor(crops), labels)
