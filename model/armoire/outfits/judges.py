"""Judges of outfits: the model, what it must beat, and ablations, behind one interface.

A judge scores rows of one wardrobe seen in one view; higher is better.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from armoire.modeling.compatibility import Compatibility
from armoire.outfits.wardrobe import Wardrobe
from armoire.photo import COLOURS

# The embedding's parts, as the manifest's `embedder.parts` has them.
CATEGORY, COLOUR, PATTERN = slice(0, 64), slice(64, 128), slice(128, 256)


class Judge(Protocol):
    """Scores whole outfits, and candidates for a blank."""

    def whole(self, outfits: Sequence[np.ndarray]) -> np.ndarray:
        """Scores [O] of outfits, each an array of rows."""
        ...

    def fill(self, context: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        """Scores [K] of candidates beside the rows of a context."""
        ...


class PairJudge:
    """The mean over pairs of a matrix of scores [N, N]."""

    def __init__(self, scores: np.ndarray):
        self.scores = scores

    def whole(self, outfits: Sequence[np.ndarray]) -> np.ndarray:
        found = []
        for rows in outfits:
            first, second = np.triu_indices(len(rows), 1)
            found.append(self.scores[rows[first], rows[second]].mean())
        return np.array(found)

    def fill(self, context: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        return self.scores[np.ix_(context, candidates)].mean(0)


def model_scores(model: Compatibility, vectors: np.ndarray, categories: np.ndarray) -> np.ndarray:
    """A model's raw scores [N, N] of vectors [N, 256] and their categories [N]."""
    projections = model.projections().detach().numpy()
    gains = model.gains().detach().numpy()
    rows = {int(c): np.flatnonzero(categories == c) for c in np.unique(categories)}
    inner = {c: vectors[mine] @ projections[c].T for c, mine in rows.items()}
    scores = np.zeros((len(vectors), len(vectors)), np.float32)
    for a, left in rows.items():
        for b, right in rows.items():
            scores[np.ix_(left, right)] = (inner[a] * gains[a, b]) @ inner[b].T
    return scores


def by_item(scores: np.ndarray) -> np.ndarray:
    """Scores of single garments [N] as if they were of pairs [N, N]."""
    return (scores[:, None] + scores[None]) / 2


def named_colours(wardrobe: Wardrobe, prototypes: dict[str, list[float]]) -> np.ndarray:
    """Each garment's colour 0–12: the labelled one, else the nearest of the embedder's [N]."""
    known = np.float32([prototypes[name] for name in COLOURS])
    nearest = (wardrobe.vectors[:, 0, COLOUR] @ known.T).argmax(1)
    return np.where(wardrobe.colours >= 0, wardrobe.colours, nearest)


def popularity(colours: np.ndarray, categories: np.ndarray, train: np.ndarray) -> np.ndarray:
    """How often the garments of the rows `train` have a garment's colour in its category [N]."""
    counts = np.zeros((14, len(COLOURS)))
    np.add.at(counts, (categories[train], colours[train]), 1)
    return (counts / np.maximum(counts.sum(1, keepdims=True), 1))[categories, colours]


def camera_scores(cameras: np.ndarray, categories: np.ndarray, train: np.ndarray) -> np.ndarray:
    """Nearness [N, N] of the cameras' traces [N, 9], standardised by category on `train`."""
    standard = np.zeros_like(cameras)
    for category in np.unique(categories):
        mine = categories == category
        known = cameras[train[categories[train] == category]]
        known = known if len(known) > 5 else cameras[mine]
        standard[mine] = (cameras[mine] - known.mean(0)) / (known.std(0) + 1e-6)
    standard = np.clip(standard, -3, 3)
    squares = np.square(standard).sum(1)
    apart = squares[:, None] + squares[None] - 2 * standard @ standard.T
    return -np.sqrt(np.maximum(apart, 0))
