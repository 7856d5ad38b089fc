"""A plain generator of outfits from a shop's items: how varied a judge's best outfits are.

The server's own (beam search, diversity, filters) is measured by its bench; this one takes the best
outfits as they come, so that judges are compared.
"""

from itertools import product

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

    Each slot's candidates are those that go best with the anchor. An item stands in one outfit per
    template at most as often as it is best: nothing here is done for diversity.
    """
    mine = slot_of(int(categories[anchor]))
    found: list[tuple[float, np.ndarray]] = []
    for template in TEMPLATES:
        if mine not in template:
            continue
        rest = [slot for slot in template if slot != mine]
        choices = [_candidates(anchor, scores, categories, slot) for slot in rest]
        for rows in product(*choices):
            outfit = np.array([anchor, *rows])
            first, second = np.triu_indices(len(outfit), 1)
            found.append((float(scores[outfit[first], outfit[second]].mean()), outfit))
    found.sort(key=lambda pair: -pair[0])
    return [outfit for _, outfit in found[:count]]


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
