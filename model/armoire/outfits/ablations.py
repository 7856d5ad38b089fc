"""Two models that are not bilinear, to see what the shipped form gives away."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from armoire.modeling.compatibility import NUM_CATEGORIES
from armoire.modeling.embedder import EMBEDDING_SIZE
from armoire.outfits.fitting import FitConfig, Sampler
from armoire.outfits.wardrobe import Wardrobe

# Brings the numbers of a unit vector to about 1, as layers expect them.
SCALE = EMBEDDING_SIZE**0.5


class PairNetwork(nn.Module):
    """Two layers over what two garments have in common and what sets them apart."""

    def __init__(self, width: int = 32, hidden: int = 64, dropout: float = 0.3):
        super().__init__()
        self.project = nn.Linear(EMBEDDING_SIZE, width)
        self.category = nn.Embedding(NUM_CATEGORIES, 8)
        self.layers = nn.Sequential(
            nn.Linear(3 * width + 16, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, 1)
        )

    def forward(self, x: Tensor, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        """Scores [...] of embeddings x, y [..., D] of categories a, b [...], symmetric."""
        p, q = self.project(SCALE * x), self.project(SCALE * y)
        p, q = torch.broadcast_tensors(p, q)
        kinds = self.category(a) + self.category(b), (self.category(a) - self.category(b)).abs()
        kinds = [k.expand(*p.shape[:-1], -1) for k in kinds]
        return self.layers(torch.cat([p * q, (p - q).abs(), p + q, *kinds], -1))[..., 0]


class SetNetwork(nn.Module):
    """A small transformer over the garments of an outfit, averaged, to one score."""

    def __init__(self, width: int = 64, layers: int = 2, heads: int = 4, dropout: float = 0.2):
        super().__init__()
        self.project = nn.Linear(EMBEDDING_SIZE, width)
        self.category = nn.Embedding(NUM_CATEGORIES, width)
        layer = nn.TransformerEncoderLayer(
            width, heads, 2 * width, dropout, batch_first=True, norm_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.score = nn.Linear(width, 1)

    def forward(self, x: Tensor, categories: Tensor, absent: Tensor) -> Tensor:
        """Scores [B] of sets [B, n, D], categories [B, n]; `absent` bool [B, n] is padding."""
        tokens = self.project(SCALE * x) + self.category(categories)
        encoded = self.encoder(tokens, src_key_padding_mask=absent)
        present = (~absent).float()[..., None]
        return self.score((encoded * present).sum(1) / present.sum(1))[..., 0]


def fit_pairs(wardrobe: Wardrobe, looks: list[list[int]], config: FitConfig) -> PairNetwork:
    """As the bilinear model, with the same negatives and views."""
    torch.manual_seed(config.seed)
    model = PairNetwork()
    sampler = Sampler(wardrobe, looks, config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.lr, weight_decay=config.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.lr, total_steps=config.steps)
    for _ in range(config.steps):
        x, a, y, b, same = sampler.draw()
        logits = model(x[:, None], a[:, None], y, b[:, None])
        logits[:, 1:] = logits[:, 1:].masked_fill(same, -torch.inf)
        _step(optimizer, schedule, logits)
    return model.eval()


def fit_sets(wardrobe: Wardrobe, looks: list[list[int]], config: FitConfig) -> SetNetwork:
    """Tells a look from the same look with one garment replaced."""
    torch.manual_seed(config.seed)
    model = SetNetwork()
    sampler = Sampler(wardrobe, looks, config)
    rows, absent = pad(looks)
    sizes = (~absent).sum(1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=config.lr, weight_decay=config.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.lr, total_steps=config.steps)
    generator = sampler.generator
    for _ in range(config.steps):
        chosen = torch.randint(len(rows), (config.batch,), generator=generator)
        place = (torch.rand(config.batch, generator=generator) * sizes[chosen]).long()
        right = rows[chosen, place]
        b = sampler.categories[right]
        shape = (config.batch, config.negatives)
        wrong = (torch.rand(shape, generator=generator) * sampler.sizes[b][:, None]).long()
        wrong = sampler.pools[b[:, None], wrong]
        candidates = torch.cat([right[:, None], wrong], 1)
        sets = rows[chosen][:, None].repeat(1, candidates.shape[1], 1)
        sets.scatter_(
            2, place[:, None, None].expand(-1, candidates.shape[1], 1), candidates[..., None]
        )
        hidden = absent[chosen][:, None].expand_as(sets)
        seen = sampler.see(sets.flatten(0, 1))
        logits = model(seen, sampler.categories[sets].flatten(0, 1), hidden.flatten(0, 1))
        logits = logits.view(candidates.shape)
        same = sampler.photos[wrong] == sampler.photos[right][:, None]
        logits[:, 1:] = logits[:, 1:].masked_fill(same, -torch.inf)
        _step(optimizer, schedule, logits)
    return model.eval()


def _step(optimizer, schedule, logits: Tensor) -> None:
    loss = F.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()


def pad(outfits: list) -> tuple[Tensor, Tensor]:
    """Rows [O, n] of outfits of unequal length, and where they are padding, bool [O, n]."""
    longest = max(len(rows) for rows in outfits)
    rows = torch.zeros(len(outfits), longest, dtype=torch.long)
    absent = torch.ones(len(outfits), longest, dtype=torch.bool)
    for place, outfit in enumerate(outfits):
        rows[place, : len(outfit)] = torch.as_tensor(np.asarray(outfit))
        absent[place, : len(outfit)] = False
    return rows, absent


class SetJudge:
    """Outfits as the set network scores them; a blank is filled by scoring the whole."""

    def __init__(self, model: SetNetwork, vectors: np.ndarray, categories: np.ndarray):
        self.model = model
        self.vectors = torch.from_numpy(np.ascontiguousarray(vectors))
        self.categories = torch.from_numpy(categories)

    @torch.no_grad()
    def whole(self, outfits) -> np.ndarray:
        rows, absent = pad(outfits)
        return self.model(self.vectors[rows], self.categories[rows], absent).numpy()

    def fill(self, context: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        return self.whole([np.r_[context, row] for row in candidates])


@torch.no_grad()
def pair_scores(model: PairNetwork, vectors: np.ndarray, categories: np.ndarray) -> np.ndarray:
    """Scores [N, N] of the pair network."""
    x, c = torch.from_numpy(np.ascontiguousarray(vectors)), torch.from_numpy(categories)
    return np.stack([model(x[i][None], c[i][None], x, c).numpy() for i in range(len(x))])
