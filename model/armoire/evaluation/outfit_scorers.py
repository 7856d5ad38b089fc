"""Scores of pairs of items: the controls that a compatibility model must beat.

Items are rows of a table; a scorer knows everything about them that it needs. All but the model
itself, which needs the exported file (`retrieval.outfit_items`), are here.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

# Pairs whose vectors are gathered at once.
CHUNK = 65_536


class PairScorer(ABC):
    """Scores pairs of rows, higher is better."""

    @abstractmethod
    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Scores [P] of row pairs first [P], second [P]."""

    def against(self, questions: Sequence[np.ndarray], gallery: np.ndarray) -> np.ndarray:
        """Scores [Q, G] of a gallery of rows: each item's sum over the rows of each question."""
        scores = np.empty((len(questions), len(gallery)))
        for place, rows in enumerate(questions):
            found = self.pairs(np.repeat(rows, len(gallery)), np.tile(gallery, len(rows)))
            scores[place] = found.reshape(len(rows), len(gallery)).sum(0)
        return scores


class RandomScorer(PairScorer):
    """A number that only the pair and the seed decide."""

    def __init__(self, seed: int):
        self.seed = np.uint64(seed)

    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        # SplitMix64 (Steele, Lea, Flood 2014) over the pair.
        with np.errstate(over="ignore"):
            key = first.astype(np.uint64) * np.uint64(0x1_0000_0001)
            key = key + second.astype(np.uint64) + self.seed * np.uint64(0xD1B54A32D192ED03)
            key = (key + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
            key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return (key ^ (key >> np.uint64(31))) / 2.0**64


class PopularityScorer(PairScorer):
    """How many outfits hold the two items, [N] for each row."""

    def __init__(self, counts: np.ndarray):
        self.counts = counts.astype(np.float64)

    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return self.counts[first] + self.counts[second]

    def against(self, questions: Sequence[np.ndarray], gallery: np.ndarray) -> np.ndarray:
        own = np.array([self.counts[rows].sum() for rows in questions])
        size = np.array([len(rows) for rows in questions])
        return own[:, None] + size[:, None] * self.counts[gallery]


class CategoryScorer(PairScorer):
    """How often two categories meet compared with chance: log (n_ab + 1)(n + 1) / (n_a n_b).

    Distractors have the answer's category, so this is at chance unless they were drawn badly.
    """

    def __init__(self, categories: Sequence[str], outfits: Iterable[Sequence[str]]):
        """The categories of the rows [N], and those of the items of outfits to count in."""
        numbers: dict[str, int] = {}
        self.category = np.array([numbers.setdefault(c, len(numbers)) for c in categories], int)
        together: Counter[tuple[int, int]] = Counter()
        for outfit in outfits:
            together.update(combinations([numbers.setdefault(c, len(numbers)) for c in outfit], 2))
        counts = np.zeros((len(numbers), len(numbers)))
        for (a, b), count in together.items():
            counts[a, b] += count
            counts[b, a] += count
        alone = counts.sum(1) + 1
        self.table = np.log((counts + 1) * alone.sum() / (alone[:, None] * alone))

    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return self.table[self.category[first], self.category[second]]


class SimilarityScorer(PairScorer):
    """The cosine of two items' embeddings, unit vectors [N, D]."""

    def __init__(self, vectors: np.ndarray):
        self.vectors = vectors

    def pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return chunked_dot(self.vectors, first, self.vectors, second)

    def against(self, questions: Sequence[np.ndarray], gallery: np.ndarray) -> np.ndarray:
        sums = np.stack([self.vectors[rows].sum(0) for rows in questions])
        return sums @ self.vectors[gallery].T


def chunked_dot(
    left: np.ndarray, first: np.ndarray, right: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Dot products [P] of left[first] and right[second], a chunk at a time."""
    found = np.empty(len(first))
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = np.einsum("pd,pd->p", left[first[part]], right[second[part]])
    return found
