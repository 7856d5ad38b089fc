"""How varied recommended outfits are, and how much of the catalogue they use."""

from collections.abc import Sequence

import numpy as np


def outfit_distance(first: np.ndarray, second: np.ndarray) -> float:
    """1 − the mean cosine of each garment to the best matching one of the other outfit.

    Unit vectors [n, D] and [m, D]. The mean is taken in both directions, so it is symmetric.
    """
    cosines = first @ second.T
    return float(1 - (cosines.max(1).mean() + cosines.max(0).mean()) / 2)


def intra_list_distance(outfits: Sequence[np.ndarray]) -> float:
    """Mean distance over the pairs of outfits (each [n, D]) in one list; NaN under two outfits."""
    pairs = [(a, b) for place, a in enumerate(outfits) for b in outfits[place + 1 :]]
    return float(np.mean([outfit_distance(a, b) for a, b in pairs])) if pairs else float("nan")


def coverage(counts: np.ndarray) -> float:
    """Share of the catalogue's items that were recommended at all; how often each was, [N]."""
    return float((counts > 0).mean()) if len(counts) else float("nan")


def gini(counts: np.ndarray) -> float:
    """Gini coefficient of how often each item was recommended [N].

    0: all alike; (N − 1) / N: one item gets everything. NaN if nothing was recommended.
    """
    ranked = np.sort(np.asarray(counts, np.float64))
    total, size = ranked.sum(), len(ranked)
    if not total:
        return float("nan")
    return float((2 * np.arange(1, size + 1) - size - 1) @ ranked / (size * total))
