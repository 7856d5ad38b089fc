"""Relations between a photo's proposals: each one's logits, seen in the light of the others.

A dress is not a top and a skirt; the panels of one open coat are one garment. One layer of
attention (Vaswani et al. 2017) whose weights also depend on how two boxes lie to each other, as in
relation networks (Hu et al. 2018). It sees logits and boxes alone, not the picture.
Attribute names are keys of checkpoints.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Proposals that are background with more than 1 - this are left as they are, and not looked at.
LEAST_OBJECTNESS = 0.05
# Log probabilities below this say no more.
FLOOR = -8.0
WIDTH, HEADS = 64, 4
# Numbers that `placement` gives for each pair.
PLACEMENT = 8


def placement(boxes: Tensor) -> Tensor:
    """Boxes [B, N, 4] → how the second of each pair lies to the first [B, N, N, 8].

    IoU, intersection over the area of each, offset and log size in units of the first, and whether
    the second lies lower.
    """
    low = torch.max(boxes[:, :, None, :2], boxes[:, None, :, :2])
    high = torch.min(boxes[:, :, None, 2:], boxes[:, None, :, 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    area = (boxes[..., 2:] - boxes[..., :2]).clamp(min=1e-4).prod(-1)
    first, second = area[:, :, None], area[:, None]
    overlaps = [shared / (first + second - shared), shared / first, shared / second]
    centre = (boxes[..., :2] + boxes[..., 2:]) / 2
    size = (boxes[..., 2:] - boxes[..., :2]).clamp(min=1e-3)
    offset = ((centre[:, None] - centre[:, :, None]) / size[:, :, None]).clamp(-3, 3)
    scale = (size[:, None] / size[:, :, None]).log().clamp(-3, 3)
    lower = (offset[..., 1:] > 0).to(boxes.dtype)
    return torch.cat([torch.stack(overlaps, -1), offset, scale, lower], -1)


def on_rows(layer: nn.Module, x: Tensor) -> Tensor:
    """A layer on x [..., D] as on a matrix: exported files then keep the names of its weights."""
    y = layer(x.reshape(-1, x.shape[-1]))
    return y.reshape(*x.shape[:-1], y.shape[-1])


class Relations(nn.Module):
    """Logits [B, N, classes] and boxes [B, N, 4] (image's long side 1) → logits [B, N, classes].

    `absent` bool [B, N] says which places are empty or background: nobody looks at them.
    """

    def __init__(self, classes: int, dropout: float = 0.1):
        super().__init__()
        self.from_logits = nn.Linear(classes, WIDTH)
        self.from_box = nn.Linear(6, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.placement = nn.Sequential(nn.Linear(PLACEMENT, 16), nn.GELU(), nn.Linear(16, HEADS))
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mlp_norm = nn.LayerNorm(WIDTH)
        self.mlp = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.dropout = nn.Dropout(dropout)
        self.norm = nn.LayerNorm(WIDTH)
        self.change = nn.Linear(WIDTH, classes)
        self.gain = nn.Parameter(torch.ones(1))
        # A fresh layer changes nothing.
        nn.init.zeros_(self.change.weight)
        nn.init.zeros_(self.change.bias)

    def forward(self, logits: Tensor, boxes: Tensor, absent: Tensor) -> Tensor:
        seen = F.log_softmax(logits, -1).clamp(FLOOR, 0)
        size = (boxes[..., 2:] - boxes[..., :2]).clamp(min=1e-3)
        shape = torch.cat([boxes, size.log()], -1)
        x = on_rows(self.from_logits, seen) + on_rows(self.from_box, shape)
        x = x + self.dropout(self.attend(self.attention_norm(x), boxes, absent))
        x = x + self.dropout(on_rows(self.mlp, self.mlp_norm(x)))
        return logits * self.gain + on_rows(self.change, self.norm(x))

    def attend(self, x: Tensor, boxes: Tensor, absent: Tensor) -> Tensor:
        """x [B, N, WIDTH] → what each row takes from the others, the same shape."""
        batch, count = x.shape[:2]
        heads = on_rows(self.query_key_value, x).reshape(batch, count, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        bias = on_rows(self.placement, placement(boxes)).permute(0, 3, 1, 2)
        weights = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + bias
        weights = weights.masked_fill(absent[:, None, None], -1e4).softmax(-1)
        return on_rows(self.mix, (weights @ value).transpose(1, 2).reshape(batch, count, WIDTH))

    @torch.no_grad()
    def damp(self, share: float) -> None:
        """Keeps this share of what the layer changes."""
        self.change.weight.mul_(share)
        self.change.bias.mul_(share)
        self.gain.copy_(1 + share * (self.gain - 1))


def absent_of(logits: Tensor) -> Tensor:
    """Logits [..., classes] → bool [...]: what is background almost surely."""
    return torch.softmax(logits, -1)[..., 0] > 1 - LEAST_OBJECTNESS
