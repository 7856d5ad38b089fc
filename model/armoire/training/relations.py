"""Fits a parser's relations layer to the proposals that the finished parser makes.

The rest of the parser stays as it is, so proposals are computed once. A proposal on a garment is to
say its category with a probability that rises with the IoU of its box, so that of several boxes on
one garment the tightest wins (as in generalized focal loss, Li et al. 2020).
"""

import copy
import logging
import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import box_iou
from tqdm import tqdm

from armoire.data.boxes import MATCH_IOU
from armoire.data.sample import Sample, read_rgb
from armoire.modeling.detector import MAX_IGNORED_SHARE, Parser, covered_share
from armoire.modeling.relations import Relations, absent_of
from armoire.photo import letterbox, normalise

log = logging.getLogger(__name__)
# The likeliest proposals of a photo; hardly any has more that are not background.
MOST = 50
# IoU from which a box is worth anything, and from which it is worth everything.
WORTH = (0.4, 0.85)
IGNORED = -1


@dataclass
class Fit:
    """Settings, chosen on dev and the held-out part of `more`."""

    epochs: int = 6
    batch_size: int = 16
    lr: float = 1.5e-3
    weight_decay: float = 0.05
    # So much of the change is kept: on photos that it learned from, a parser's logits are too good.
    share: float = 0.5
    seed: int = 0


@dataclass
class Proposals:
    """Of P photos: logits [P, MOST, classes], boxes [P, MOST, 4] (long side 1), absent bool,
    labels int (0 background, IGNORED) and IoU with the garment, [P, MOST] each."""

    logits: Tensor
    boxes: Tensor
    absent: Tensor
    labels: Tensor
    iou: Tensor

    def __len__(self) -> int:
        return len(self.logits)

    def pick(self, index: Tensor) -> "Proposals":
        return Proposals(*(value[index] for value in vars(self).values()))


@torch.no_grad()
def propose(parser: Parser, photo: np.ndarray, side: int) -> tuple[Tensor, Tensor]:
    """One photo's proposals: logits [R, classes], and boxes [R, 4] whose unit is the long side."""
    image = normalise(torch.from_numpy(letterbox(photo, side)[0])[None])
    features, shapes = parser.pyramid(image), [image.shape[-2:]]
    proposals, _ = parser.rpn(ImageList(image, shapes), features)
    heads = parser.heads
    logits, deltas = heads.box_predictor(
        heads.box_head(heads.box_roi_pool(features, proposals, shapes))
    )
    return logits, heads.refined(deltas, proposals, shapes)[0] / side


def targets(sample: Sample, boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes [R, 4] (long side 1) → labels [R] and the IoU [R] with the garments that gave them."""
    boxes = boxes * max(sample.height, sample.width)
    labels, iou = torch.zeros(len(boxes), dtype=torch.int64), torch.zeros(len(boxes))
    if sample.garments:
        garments = torch.from_numpy(np.stack([g.box for g in sample.garments]))
        best, match = box_iou(boxes, garments).max(1)
        on = best >= MATCH_IOU
        labels[on] = torch.tensor([g.category for g in sample.garments])[match][on]
        iou[on] = best[on]
    ignored = covered_share(boxes, torch.from_numpy(sample.ignore)) > MAX_IGNORED_SHARE
    labels[(labels == 0) & ignored] = IGNORED
    return labels, iou


def gather(parser: Parser, samples: list[Sample], side: int) -> Proposals:
    """The likeliest proposals of all photos that can be read."""
    rows = []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        try:
            photo = read_rgb(sample.path)
        except (ValueError, OSError) as error:
            log.warning("skipped: %s", error)
            continue
        logits, boxes = propose(parser, photo, side)
        chosen = torch.softmax(logits, 1)[:, 0].argsort()[:MOST]
        logits, boxes = logits[chosen], boxes[chosen]
        labels, iou = targets(sample, boxes)
        room = MOST - len(chosen)
        rows.append(
            (
                F.pad(logits, (0, 0, 0, room)),
                F.pad(boxes, (0, 0, 0, room)),
                F.pad(absent_of(logits), (0, room), value=True),
                F.pad(labels, (0, room), value=IGNORED),
                F.pad(iou, (0, room)),
            )
        )
    return Proposals(*(torch.stack(column) for column in zip(*rows, strict=True)))


def mirrored(boxes: Tensor) -> Tensor:
    """Boxes [B, N, 4], left and right swapped about the middle of what they cover."""
    right = boxes[..., 2].amax(1, keepdim=True)
    return torch.stack(
        [right - boxes[..., 2], boxes[..., 1], right - boxes[..., 0], boxes[..., 3]], -1
    )


def loss_of(logits: Tensor, seen: Proposals) -> Tensor:
    """Cross-entropy with the category to the box's worth and background to the rest."""
    log_p = F.log_softmax(logits, -1)
    own = log_p.gather(-1, seen.labels.clamp(min=0)[..., None])[..., 0]
    worth = ((seen.iou - WORTH[0]) / (WORTH[1] - WORTH[0])).clamp(0.02, 1)
    wanted = worth * own + (1 - worth) * log_p[..., 0]
    losses = -torch.where(seen.labels > 0, wanted, own)
    counts = (seen.labels != IGNORED) & ~seen.absent
    return (losses * counts).sum() / counts.sum().clamp(min=1)


def fit(table: Proposals, classes: int, settings: Fit) -> Relations:
    """A layer fitted to the table, in eval mode."""
    torch.manual_seed(settings.seed)
    layer = Relations(classes).train()
    optimizer = torch.optim.AdamW(
        layer.parameters(), lr=settings.lr, weight_decay=settings.weight_decay
    )
    batches = max(1, len(table) // settings.batch_size)
    total, step = settings.epochs * batches, 0
    for epoch in range(settings.epochs):
        seen_loss = 0.0
        for index in torch.randperm(len(table)).chunk(batches):
            seen = table.pick(index)
            if torch.rand(1) < 0.5:
                seen.boxes = mirrored(seen.boxes)
            for group in optimizer.param_groups:
                decay = 0.5 * (1 + math.cos(math.pi * step / total))
                group["lr"] = settings.lr * min(1, step / 50) * decay
            loss = loss_of(layer(seen.logits, seen.boxes, seen.absent), seen)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(layer.parameters(), 1.0)
            optimizer.step()
            seen_loss, step = seen_loss + loss.item(), step + 1
        log.info("epoch %d: loss %.4f", epoch + 1, seen_loss / batches)
    layer.damp(settings.share)
    return layer.eval()


def with_relations(parser: Parser, layer: Relations) -> Parser:
    """A copy of the parser that uses the layer."""
    related = copy.deepcopy(parser)
    related.config.relations = True
    related.heads.relations = copy.deepcopy(layer)
    return related.eval()
