"""The landmark branch: for each garment and channel, where in its box the landmark is.

As Mask R-CNN's key points (He et al. 2017), a softmax over the cells of the box for each channel;
but a landmark's probability is shared by the cells around it, so that it is found between them.
Channels are those of `armoire.landmarks`, shared by categories.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.landmarks import CHANNELS

# Cells of a box along each side: twice those of the features.
SIDE = 28


class LandmarkHead(nn.Sequential):
    """Features [R, C, 14, 14] → logits [R, channels, 28, 28]."""

    def __init__(self, inputs: int, convs: int):
        layers: list[nn.Module] = []
        for _ in range(convs):
            layers += [nn.Conv2d(inputs, inputs, 3, padding=1), nn.ReLU(inplace=True)]
        layers += [nn.ConvTranspose2d(inputs, len(CHANNELS), 4, 2, padding=1)]
        super().__init__(*layers)
        for layer in self:
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
                nn.init.zeros_(layer.bias)


def cells_of(landmarks: Tensor, boxes: Tensor) -> Tensor:
    """Landmarks [R, K, 3] in pixels → column and row [R, K, 2]; 0 is the first cell's centre."""
    corner, size = boxes[:, None, :2], (boxes[:, None, 2:] - boxes[:, None, :2]).clamp(min=1e-3)
    return (landmarks[..., :2] - corner) / size * SIDE - 0.5


def landmark_loss(logits: Tensor, landmarks: Tensor, boxes: Tensor) -> Tensor:
    """Mean cross-entropy over the labelled landmarks [R, K, 3] that lie in their boxes [R, 4]."""
    place = cells_of(landmarks, boxes)
    inside = ((place > -0.5) & (place < SIDE - 0.5)).all(-1) & (landmarks[..., 2] > 0)
    log_p = F.log_softmax(logits.float().flatten(2), -1)[inside]
    if not len(log_p):
        return logits.sum() * 0
    place = place[inside].clamp(0, SIDE - 1)
    low = place.floor().clamp(max=SIDE - 2)
    share = place - low
    loss = log_p.new_zeros(len(log_p))
    for right in (0, 1):
        for down in (0, 1):
            column = share[:, 0] if right else 1 - share[:, 0]
            row = share[:, 1] if down else 1 - share[:, 1]
            cell = ((low[:, 1] + down) * SIDE + low[:, 0] + right).long()
            loss = loss - column * row * log_p.gather(1, cell[:, None])[:, 0]
    return loss.mean()


def find_landmarks(logits: Tensor, boxes: Tensor) -> Tensor:
    """Logits [R, K, 28, 28] and boxes [R, 4] → x, y in pixels and a confidence, [R, K, 3].

    The place is the mean of the likeliest cell and its neighbours, the confidence their sum.
    """
    p = torch.softmax(logits.float().flatten(2), -1)
    best = p.argmax(-1, keepdim=True)
    cells = torch.arange(SIDE * SIDE, device=p.device)
    columns, rows = cells % SIDE, torch.div(cells, SIDE, rounding_mode="floor")
    near_column = (columns - best % SIDE).abs() <= 1
    near_row = (rows - torch.div(best, SIDE, rounding_mode="floor")).abs() <= 1
    near = p * (near_column & near_row)
    confidence = near.sum(-1)
    column = (near * columns).sum(-1) / confidence
    row = (near * rows).sum(-1) / confidence
    width, height = (boxes[:, 2:] - boxes[:, :2]).unbind(1)
    x = boxes[:, :1] + (column + 0.5) / SIDE * width[:, None]
    y = boxes[:, 1:2] + (row + 0.5) / SIDE * height[:, None]
    return torch.stack([x, y, confidence], -1)
