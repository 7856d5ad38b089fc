"""A plain generator of outfits from a shop's items: how varied a judge's best outfits are.

The server's own (beam search, diversity, filters) is measured by its bench; this one takes the best
outfits as they come, so that judges are compared.
"""

import numpy as np

from armoire.evaluation.diversity import coverage, gini, intra_list_distance

# Categories of each slot, and the sets of slots that make an outfit.
SLOTS = {"outerwear": (3, 4), "top": (1, 2, 5, 6), "bottom": (7, 8, 9), "dress": (10, 11, 12, 13)}
TEMPLATES = (
    ("top", "bottom"),
    ("outerwear", "top", "bottom"),
    ("outerwear", "dress"),
)
CANDIDATES = 30
OUTFITS = 5


def slot_of(category: int) -> str:
    """The slot that a category fills."""
    return next(name for name, categories in SLOTS.items() if category in categories)


def complete(
    anchor: int, scores: np.ndarray, categories: np.ndarray, count: int = OUTFITS
) -> list[np.ndarray]:
    """The best outfits (rows, the anchor first) around an item by the mean of scores [N, N].

    Each slot's candidates are those that go best with the anchor. Nothing is done for diversity.
    """
    mine = slot_of(int(categories[anchor]))
    found: list[tuple[float, tuple[int, ...]]] = []
    for template in TEMPLATES:
        if mine not in template:
            continue
        slots = [slot for slot in template if slot != mine]
        first, *more = [_candidates(anchor, scores, categories, slot) for slot in slots]
        if more:
            second = more[0]
            alone = scores[anchor, first][:, None] + scores[anchor, second][None]
            means = (alone + scores[np.ix_(first, second)]) / 3
            best = np.argsort(-means, axis=None, kind="stable")[:count]
            places = zip(*np.unravel_index(best, means.shape), strict=True)
            found += [(float(means[i, j]), (first[i], second[j])) for i, j in places]
        else:
            found += [(float(scores[anchor, row]), (row,)) for row in first[:count]]
    found.sort(key=lambda pair: -pair[0])
    return [np.array([anchor, *rows]) for _, rows in found[:count]]


def _candidates(anchor: int, scores: np.ndarray, categories: np.ndarray, slot: str) -> np.ndarray:
    rows = np.flatnonzero(np.isin(categories, SLOTS[slot]))
    rows = rows[rows != anchor]
    return rows[np.argsort(-scores[anchor, rows], kind="stable")[:CANDIDATES]]


def measure(
    anchors: np.ndarray, scores: np.ndarray, categories: np.ndarray, vectors: np.ndarray
) -> dict[str, float]:
    """Mean intra-list distance, coverage of the items and Gini, over the anchors' lists."""
    counts = np.zeros(len(vectors))
    distances = []
    for anchor in anchors:
        outfits = complete(int(anchor), scores, categories)
        distances.append(intra_list_distance([vectors[rows] for rows in outfits]))
        for rows in outfits:
            np.add.at(counts, rows[1:], 1)
    return {
        "intraListDistance": float(np.nanmean(distances)),
        "coverage": coverage(counts),
        "gini": gini(counts),
    }
