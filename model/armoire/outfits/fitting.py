"""Fits the compatibility model to looks."""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from armoire.modeling.compatibility import Compatibility
from armoire.outfits.wardrobe import PLAIN, RETAKEN, Wardrobe


@dataclass(frozen=True)
class FitConfig:
    """Settings, chosen on folds of train and more; `*_decay` are L2 penalties per batch."""

    rank: int = 32
    steps: int = 400
    lr: float = 0.01
    batch: int = 128
    negatives: int = 32
    # Of all parameters; of what a category, or a pair of them, has of its own.
    decay: float = 1e-3
    own_decay: float = 3e-3
    gain_decay: float = 1e-2
    # Share of the garments that are seen as they are, not retaken.
    plain_share: float = 0.2
    seed: int = 1


def ordered_pairs(looks: list[list[int]]) -> np.ndarray:
    """Rows of both orders of every pair of garments of a look [P, 2]."""
    pairs = [(i, j) for look in looks for i in look for j in look if i != j]
    return np.array(pairs, np.int64).reshape(-1, 2)


class Sampler:
    """Draws pairs, negatives of the target's category, and a view of each garment on its own."""

    def __init__(self, wardrobe: Wardrobe, looks: list[list[int]], config: FitConfig):
        self.vectors = torch.from_numpy(wardrobe.vectors)
        self.categories = torch.from_numpy(wardrobe.categories)
        self.pairs = torch.from_numpy(ordered_pairs(looks))
        self.config = config
        self.generator = torch.Generator().manual_seed(config.seed)
        rows = torch.tensor(sorted({row for look in looks for row in look}))
        counts = torch.bincount(self.categories[rows], minlength=14)
        # Pools of equal length: a category's garments over and over.
        longest = int(counts.max())
        self.pools = torch.zeros(14, longest, dtype=torch.long)
        self.sizes = counts
        for category in counts.nonzero().flatten().tolist():
            mine = rows[self.categories[rows] == category]
            self.pools[category, : len(mine)] = mine
        photos = {name: place for place, name in enumerate({p.photo for p in wardrobe.pieces})}
        self.photos = torch.tensor([photos[p.photo] for p in wardrobe.pieces])

    def see(self, rows: torch.Tensor) -> torch.Tensor:
        """A random view of each row."""
        count = self.vectors.shape[1]
        drawn = torch.randint(RETAKEN + 1, count, rows.shape, generator=self.generator)
        plain = torch.rand(rows.shape, generator=self.generator) < self.config.plain_share
        return self.vectors[rows, torch.where(plain, PLAIN, drawn)]

    def draw(self):
        """(x, a, y [B, 1 + K, D], b, mask of negatives that are of the same photo)."""
        size = (self.config.batch,)
        chosen = self.pairs[torch.randint(len(self.pairs), size, generator=self.generator)]
        source, target = chosen.T
        a, b = self.categories[source], self.categories[target]
        shape = (self.config.batch, self.config.negatives)
        place = torch.rand(shape, generator=self.generator) * self.sizes[b][:, None]
        wrong = self.pools[b[:, None], place.long()]
        same = self.photos[wrong] == self.photos[source][:, None]
        candidates = torch.cat([target[:, None], wrong], 1)
        return self.see(source), a, self.see(candidates), b, same


@contextmanager
def deterministic():
    """The same sums in the same order: with several threads, gradients of indexing differ else."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


@deterministic()
def fit(wardrobe: Wardrobe, looks: list[list[int]], config: FitConfig) -> Compatibility:
    """InfoNCE over same-category negatives, with what categories have of their own held small."""
    torch.manual_seed(config.seed)
    model = Compatibility(config.rank)
    with torch.no_grad():
        model.gain.copy_(torch.where(torch.arange(config.rank) % 4 == 3, -1.0, 1.0))
    sampler = Sampler(wardrobe, looks, config)
    optimizer = torch.optim.Adam(model.parameters(), lr=config.lr)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.lr, total_steps=config.steps)
    for _ in range(config.steps):
        x, a, y, b, same = sampler.draw()
        logits = torch.einsum("nd,nkd->nk", model(x, a, b), y)
        logits[:, 1:] = logits[:, 1:].masked_fill(same, -torch.inf)
        loss = F.cross_entropy(logits, torch.zeros(len(x), dtype=torch.long))
        loss = loss + config.decay * model.shared.square().sum()
        loss = loss + config.own_decay * model.own.square().sum()
        loss = loss + config.gain_decay * model.pair_gain.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model.eval()
