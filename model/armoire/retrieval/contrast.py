"""Contrastive training of the embedder's projection on cached descriptors.

InfoNCE on pairs of views of one identity; category and colour labels are auxiliary losses.
"""

import logging
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.embedder import LEARNT, Projection
from armoire.photo import CATEGORIES

log = logging.getLogger(__name__)
# The label of a view whose category or colour is not annotated.
UNKNOWN = -1
# The logit scale is kept at most this.
MAX_LOGIT_SCALE = 60


@dataclass
class Views:
    """Descriptors float16 [M, D] of views, with the labels of each [M].

    `identity` counts from 0 without gaps; category and colour count from 0 or are UNKNOWN.
    `recoloured` views show the identity in another colour: they train category and pattern only.
    """

    descriptors: Tensor
    identity: Tensor
    category: Tensor
    colour: Tensor
    recoloured: Tensor

    def subset(self, keep: Tensor) -> "Views":
        """The views where `keep` [M] is true, identities numbered anew."""
        _, identity = self.identity[keep].unique(return_inverse=True)
        rest = (self.category[keep], self.colour[keep], self.recoloured[keep])
        return Views(self.descriptors[keep], identity, *rest)


@dataclass
class ContrastiveConfig:
    """Length, optimizer, input noise and loss weights."""

    epochs: int = 40
    # Pairs a step.
    batch_size: int = 384
    lr: float = 1e-3
    weight_decay: float = 0.05
    # Noise on descriptors, as a share of each number's standard deviation.
    noise: float = 0.1
    dropout: float = 0.1
    pattern_weight: float = 0.5
    category_weight: float = 0.5
    colour_weight: float = 0.5
    seed: int = 1


class TrainingHead(nn.Module):
    """What only training needs: logit scales and the category classifier."""

    def __init__(self):
        super().__init__()
        # Logarithms, as in CLIP: of the whole embedding and of the part pattern.
        self.logit_scale = nn.Parameter(torch.tensor([2.7, 2.7]))
        self.category = nn.Linear(LEARNT["category"], len(CATEGORIES))
        self.category_logit_scale = nn.Parameter(torch.tensor(2.0))


def sample_views(views: Views, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Rows (anchor, positive, recoloured) for every identity with two plain views, shuffled.

    Where an identity has no recoloured view, its positive is given again.
    """
    identity, recoloured = views.identity.numpy(), views.recoloured.numpy()
    order = np.lexsort((rng.random(len(identity)), recoloured, identity))
    starts = np.searchsorted(identity[order], np.arange(identity.max() + 1))
    counts = np.bincount(identity, minlength=len(starts))
    plain = np.bincount(identity[~recoloured], minlength=len(starts))
    usable = rng.permutation(np.flatnonzero(plain >= 2))
    anchor, positive = order[starts[usable]], order[starts[usable] + 1]
    last = order[starts[usable] + counts[usable] - 1]
    return anchor, positive, np.where(recoloured[last], last, positive)


def info_nce(left: Tensor, right: Tensor, logit_scale: Tensor) -> Tensor:
    """Symmetric InfoNCE of unit vectors [B, D]: row i of one side is the positive of row i.

    `logit_scale` is a logarithm.
    """
    logits = left @ right.T * logit_scale.exp().clamp(max=MAX_LOGIT_SCALE)
    target = torch.arange(len(left))
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def label_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy over the rows whose label is known; 0 if none is."""
    known = target != UNKNOWN
    if not known.any():
        return logits.sum() * 0
    return F.cross_entropy(logits[known], target[known], label_smoothing=0.05)


def perturb(descriptors: Tensor, projection: Projection, config: ContrastiveConfig) -> Tensor:
    """Adds noise, and sets some numbers to their mean."""
    parts = []
    for name in ("category", "colour"):
        seen, part = projection.split(descriptors)[name], projection.parts[name]
        seen = seen + torch.randn_like(seen) * config.noise * part.deviation
        drop = torch.rand_like(seen) < config.dropout
        parts.append(torch.where(drop, part.mean, seen))
    shades = descriptors[:, sum(part.shape[1] for part in parts) :]
    return torch.cat([*parts, shades], 1)


def losses(
    projection: Projection,
    head: TrainingHead,
    views: Views,
    rows: tuple[Tensor, Tensor, Tensor],
    config: ContrastiveConfig,
) -> dict[str, Tensor]:
    """Weighted losses by name; `rows` are anchors, positives and recoloured views, each [B]."""
    anchor, positive, recoloured = (
        projection.project(perturb(views.descriptors[r].float(), projection, config)) for r in rows
    )
    category, colour = views.category[rows[0]], views.colour[rows[0]]
    scale = head.logit_scale
    shapes = torch.cat([p["category"] for p in (anchor, positive, recoloured)])
    category_logits = head.category(shapes * head.category_logit_scale.exp())
    colour_logits = torch.cat([projection.naming(p["colour"]) for p in (anchor, positive)])
    return {
        "embedding": info_nce(projection.combine(anchor), projection.combine(positive), scale[0]),
        "pattern": config.pattern_weight
        * (
            info_nce(anchor["pattern"], positive["pattern"], scale[1])
            + info_nce(anchor["pattern"], recoloured["pattern"], scale[1])
        )
        / 2,
        "category": config.category_weight * label_loss(category_logits, category.repeat(3)),
        "colour": config.colour_weight * label_loss(colour_logits, colour.repeat(2)),
    }


def fit(projection: Projection, views: Views, config: ContrastiveConfig, measure) -> list[dict]:
    """Trains in place and keeps the epoch with the largest `measure(projection)["total"]`.

    Measures every five epochs; → what was measured. Without a `measure` the last epoch is kept.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    head = TrainingHead()
    decayed = [*projection.parameters(), head.category.weight]
    others = [head.logit_scale, head.category_logit_scale, head.category.bias]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": config.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=config.lr,
    )
    usable = len(sample_views(views, rng)[0])
    size = min(config.batch_size, usable)
    steps = config.epochs * (usable // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.lr, max(steps, 1))
    best, kept, curve = -1.0, None, []
    for epoch in range(config.epochs):
        sums: dict[str, float] = {}
        chosen = sample_views(views, rng)
        for start in range(0, usable - size + 1, size):
            rows = tuple(torch.from_numpy(part[start : start + size]) for part in chosen)
            parts = losses(projection, head, views, rows, config)
            optimizer.zero_grad()
            sum(parts.values()).backward()
            optimizer.step()
            schedule.step()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) * size / usable
        if epoch % 5 == 4 or epoch == config.epochs - 1:
            found = measure(projection) if measure else {"total": float(epoch)}
            curve.append({"epoch": epoch + 1, "losses": sums, **found})
            log.info("%s", curve[-1])
            if found["total"] > best:
                best = found["total"]
                kept = {k: v.clone() for k, v in projection.state_dict().items()}
    if kept:
        projection.load_state_dict(kept)
    return curve
