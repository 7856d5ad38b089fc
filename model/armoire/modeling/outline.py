"""The outline network: a garment's crop and its rough mask in, a fine mask out.

A U-Net whose encoder is the parser's stem and first three stages, as the parser learned them. The
rough mask enters beside the photo, and what is learned is added to it: a network that knows nothing
returns it.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.backbone import ConvNorm, SEResNet
from armoire.photo import normalise

# Long side in pixels of a crop, and what the sides of its canvas are multiples of.
SIDE = 256
MULTIPLE = 16
STAGES = 3
# Channels of the decoder at strides 1, 2, 4 and 8.
WIDTHS = (16, 32, 64, 96)
# Planes beside the colours: the rough mask, and those of the photo's other garments.
PLANES = 2
# Logit of a pixel within the rough mask before anything is learned.
ROUGH_LOGIT = 2.0


class Outline(nn.Module):
    """Crops uint8 [B, H, W, 5] (RGB, rough mask, others' masks; 0–255) → logits float [B, H, W].

    H and W are multiples of MULTIPLE.
    """

    def __init__(self, backbone: SEResNet):
        super().__init__()
        self.stem, self.pool = backbone.stem, backbone.pool
        self.stages = nn.ModuleList(backbone.stages[:STAGES])
        self.planes = nn.Conv2d(PLANES, self.stem.weight.shape[0], 7, 2, 3, bias=False)
        nn.init.zeros_(self.planes.weight)
        inputs = [3 + PLANES, self.stem.weight.shape[0], *backbone.channels[:STAGES]]
        *widths, deepest = *WIDTHS, WIDTHS[-1]
        self.lateral = nn.ModuleList(
            ConvNorm(i, o, 3 if n == 0 else 1)
            for n, (i, o) in enumerate(zip(inputs, (*widths, deepest), strict=True))
        )
        above = (*widths[1:], deepest)
        self.merge = nn.ModuleList(
            ConvNorm(w + a, w, 3) for w, a in zip(widths, above, strict=True)
        )
        self.last = nn.Conv2d(widths[0], 1, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, crops: Tensor) -> Tensor:
        planes = crops[..., 3:].permute(0, 3, 1, 2).float() / 255
        image = normalise(crops[..., :3])
        x = F.relu(self.stem(image) + self.planes(planes))
        features = [torch.cat([image, planes], 1), x]
        x = self.pool(x)
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        lateral = [F.relu(conv(f)) for conv, f in zip(self.lateral, features, strict=True)]
        x = lateral[-1]
        for conv, beside in zip(reversed(self.merge), reversed(lateral[:-1]), strict=True):
            x = F.interpolate(x, scale_factor=2.0, mode="nearest")
            x = F.relu(conv(torch.cat([beside, x], 1)))
        return self.last(x)[:, 0] + ROUGH_LOGIT * (2 * planes[:, 0] - 1)
