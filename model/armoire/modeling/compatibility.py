"""Compatibility: how well garments of two categories go together, from their shop embeddings.

The shipped form is bilinear and symmetric, so that the garments that go with one are the nearest
neighbours of a single vector in the embedding's own space.
"""

import torch
from torch import Tensor, nn

from armoire.modeling.embedder import EMBEDDING_SIZE
from armoire.photo import CATEGORIES

# 1–13, and 0 for garments outside the taxonomy, which the shared part alone judges.
NUM_CATEGORIES = len(CATEGORIES) + 1


class Compatibility(nn.Module):
    """score(x, y) = Σ_r gain_r(a, b) · (W_a x)_r · (W_b y)_r for categories a and b.

    W_a is a shared projection plus a category's own part; so are the gains, which may be negative:
    garments may go together because they differ.
    """

    def __init__(self, rank: int, size: int = EMBEDDING_SIZE):
        super().__init__()
        self.shared = nn.Parameter(torch.randn(rank, size) / size**0.5)
        self.own = nn.Parameter(torch.zeros(NUM_CATEGORIES, rank, size))
        self.gain = nn.Parameter(torch.ones(rank))
        self.pair_gain = nn.Parameter(torch.zeros(NUM_CATEGORIES, NUM_CATEGORIES, rank))

    def projections(self) -> Tensor:
        """W of every category [14, R, D]."""
        inside = torch.ones(NUM_CATEGORIES, 1, 1, device=self.own.device)
        inside[0] = 0
        return self.shared + self.own * inside

    def gains(self) -> Tensor:
        """Gains of every pair of categories [14, 14, R], symmetric."""
        inside = torch.ones(NUM_CATEGORIES, NUM_CATEGORIES, 1, device=self.own.device)
        inside[0], inside[:, 0] = 0, 0
        return self.gain + inside * (self.pair_gain + self.pair_gain.transpose(0, 1)) / 2

    def forward(self, embedding: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """Embeddings [N, D] of categories `source` [N] → queries [N, D] for categories `target`.

        A query's dot product with the embedding of a garment of that category is the pair's score.
        """
        w = self.projections()
        # Sums of products: ONNX Runtime 1.30 dies of an einsum over no garments (SIGFPE).
        inner = (embedding[:, None] * w[source]).sum(2)
        weighted = inner * self.gains()[source, target]
        return (weighted[:, :, None] * w[target]).sum(1)

    def score(self, x: Tensor, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        """Scores [N] of pairs of embeddings x, y [N, D] and their categories a, b [N]."""
        return (self(x, a, b) * y).sum(1)
