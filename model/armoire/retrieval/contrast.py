"""Learns the embedder's parts from cached descriptors: pairs of views, with names as side tasks."""

import logging
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.embedder import PARTS, Projection
from armoire.photo import CATEGORIES

log = logging.getLogger(__name__)
UNKNOWN = -1


@dataclass
class Views:
    """Descriptors float16 [M, D] and, for each, whose view it is and what it is called.

    `identity` counts from 0 without gaps; category and colour count from 0, UNKNOWN where nobody
    said. `dyed` views show the identity in another colour: they teach category and pattern only.
    """

    descriptors: Tensor
    identity: Tensor
    category: Tensor
    colour: Tensor
    dyed: Tensor

    def part(self, keep: Tensor) -> "Views":
        """The views where `keep` is true, identities counted anew."""
        _, identity = self.identity[keep].unique(return_inverse=True)
        rest = (self.category[keep], self.colour[keep], self.dyed[keep])
        return Views(self.descriptors[keep], identity, *rest)


@dataclass
class Recipe:
    """Strengths of the losses, and how long."""

    epochs: int = 40
    batch: int = 384
    rate: float = 1e-3
    decay: float = 0.05
    noise: float = 0.1
    dropout: float = 0.1
    pattern: float = 0.5
    category: float = 0.5
    colour: float = 0.5
    seed: int = 1


class Lessons(nn.Module):
    """What is only needed while learning: temperatures and the category's classifier."""

    def __init__(self):
        super().__init__()
        self.temperature = nn.Parameter(torch.tensor([2.7, 2.7]))
        self.category = nn.Linear(PARTS["category"], len(CATEGORIES))
        self.sharpness = nn.Parameter(torch.tensor(2.0))


def pick_views(views: Views, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Rows (one, other, dyed) for every identity that has two views or more, in random order.

    An identity without a dyed view has its other view there.
    """
    identity, dyed = views.identity.numpy(), views.dyed.numpy()
    order = np.lexsort((rng.random(len(identity)), dyed, identity))
    starts = np.searchsorted(identity[order], np.arange(identity.max() + 1))
    counts = np.bincount(identity, minlength=len(starts))
    plain = np.bincount(identity[~dyed], minlength=len(starts))
    usable = rng.permutation(np.flatnonzero(plain >= 2))
    one, other = order[starts[usable]], order[starts[usable] + 1]
    last = order[starts[usable] + counts[usable] - 1]
    return one, other, np.where(dyed[last], last, other)


def meet(left: Tensor, right: Tensor, heat: Tensor) -> Tensor:
    """InfoNCE both ways: each row's partner among all rows of the other side."""
    logits = left @ right.T * heat.exp().clamp(max=60)
    target = torch.arange(len(left))
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def name_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy over the rows whose name is known; 0 if none is."""
    known = target != UNKNOWN
    if not known.any():
        return logits.sum() * 0
    return F.cross_entropy(logits[known], target[known], label_smoothing=0.05)


def disturb(descriptors: Tensor, projection: Projection, recipe: Recipe) -> Tensor:
    """Noise in proportion to each number's spread, and some numbers at their mean."""
    parts = []
    for name in ("category", "colour"):
        seen, part = projection.split(descriptors)[name], projection.parts[name]
        seen = seen + torch.randn_like(seen) * recipe.noise * part.deviation
        drop = torch.rand_like(seen) < recipe.dropout
        parts.append(torch.where(drop, part.mean, seen))
    return torch.cat(parts, 1)


def losses(
    projection: Projection, lessons: Lessons, views: Views, rows: tuple, recipe: Recipe
) -> dict[str, Tensor]:
    one, other, dyed = (
        projection.in_parts(disturb(views.descriptors[r].float(), projection, recipe)) for r in rows
    )
    category, colour = views.category[rows[0]], views.colour[rows[0]]
    heat = lessons.temperature
    shapes = torch.cat([p["category"] for p in (one, other, dyed)]) * lessons.sharpness.exp()
    colours = torch.cat([projection.naming(p["colour"]) for p in (one, other)])
    return {
        "whole": meet(projection.whole(one), projection.whole(other), heat[0]),
        "pattern": recipe.pattern
        * (
            meet(one["pattern"], other["pattern"], heat[1])
            + meet(one["pattern"], dyed["pattern"], heat[1])
        )
        / 2,
        "category": recipe.category * name_loss(lessons.category(shapes), category.repeat(3)),
        "colour": recipe.colour * name_loss(colours, colour.repeat(2)),
    }


def learn(projection: Projection, views: Views, recipe: Recipe, measure) -> list[dict]:
    """Trains in place; keeps the epoch of which `measure(projection)["total"]` is largest.

    Without a `measure` the last epoch stays.
    """
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    lessons = Lessons()
    weights = [*projection.parameters(), lessons.category.weight]
    others = [lessons.temperature, lessons.sharpness, lessons.category.bias]
    optimizer = torch.optim.AdamW(
        [
            {"params": weights, "weight_decay": recipe.decay},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=recipe.rate,
    )
    usable = len(pick_views(views, rng)[0])
    size = min(recipe.batch, usable)
    steps = recipe.epochs * (usable // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, max(steps, 1))
    best, kept, curve = -1.0, None, []
    for epoch in range(recipe.epochs):
        sums: dict[str, float] = {}
        chosen = pick_views(views, rng)
        for start in range(0, usable - size + 1, size):
            rows = tuple(torch.from_numpy(part[start : start + size]) for part in chosen)
            parts = losses(projection, lessons, views, rows, recipe)
            optimizer.zero_grad()
            sum(parts.values()).backward()
            optimizer.step()
            schedule.step()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) * size / usable
        if epoch % 5 == 4 or epoch == recipe.epochs - 1:
            found = measure(projection) if measure else {"total": float(epoch)}
            curve.append({"epoch": epoch + 1, "losses": sums, **found})
            log.info("%s", curve[-1])
            if found["total"] > best:
                best = found["total"]
                kept = {k: v.clone() for k, v in projection.state_dict().items()}
    if kept:
        projection.load_state_dict(kept)
    return curve
