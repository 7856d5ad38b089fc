"""What is asked of looks: the blank to fill, whole against broken outfits, a gallery to search.

Answers and distractors are rows of a wardrobe. Distractors have the right answer's category and
come from other street photos of the same fold, so neither category nor kind of photo tells.
"""

from dataclasses import dataclass

import numpy as np

from armoire.outfits.wardrobe import Wardrobe

NUM_CHOICES = 4


@dataclass
class Questions:
    """Fill in the blank: `context` rows of each question, `choices` [Q, 4], the first is right."""

    context: list[np.ndarray]
    choices: np.ndarray
    clusters: np.ndarray


@dataclass
class Outfits:
    """Whole outfits (label 1) and outfits with every garment but one replaced (label 0)."""

    rows: list[np.ndarray]
    labels: np.ndarray
    clusters: np.ndarray


def by_category(wardrobe: Wardrobe, looks: list[list[int]]) -> dict[int, np.ndarray]:
    """Rows of the looks' garments by category."""
    rows = np.array([row for look in looks for row in look])
    categories = wardrobe.categories[rows]
    return {int(c): rows[categories == c] for c in np.unique(categories)}


def others(pool: np.ndarray, look: list[int], count: int, rng) -> np.ndarray | None:
    """So many rows of a pool that are not of this look; None if there are too few."""
    left = np.setdiff1d(pool, look)
    return rng.choice(left, count, replace=False) if len(left) >= count else None


def fill_in_the_blank(
    wardrobe: Wardrobe, looks: list[list[int]], draws: int, seed: int
) -> Questions:
    """Each garment of each look is blanked in turn, with `draws` sets of three distractors."""
    rng = np.random.default_rng(seed)
    pools = by_category(wardrobe, looks)
    context, choices, clusters = [], [], []
    for number, look in enumerate(looks):
        for row in look:
            rest = np.array([r for r in look if r != row])
            for _ in range(draws):
                wrong = others(pools[wardrobe.categories[row]], look, NUM_CHOICES - 1, rng)
                if wrong is not None:
                    context.append(rest)
                    choices.append(np.r_[row, wrong])
                    clusters.append(number)
    return Questions(context, np.array(choices), np.array(clusters))


def whole_and_broken(wardrobe: Wardrobe, looks: list[list[int]], draws: int, seed: int) -> Outfits:
    """Every look whole, and `draws` times with all garments but one replaced."""
    rng = np.random.default_rng(seed)
    pools = by_category(wardrobe, looks)
    rows, labels, clusters = [], [], []
    for number, look in enumerate(looks):
        broken = []
        for _ in range(draws):
            kept = rng.integers(len(look))
            new = [
                np.array([row])
                if place == kept
                else others(pools[wardrobe.categories[row]], look, 1, rng)
                for place, row in enumerate(look)
            ]
            if all(n is not None for n in new):
                broken.append(np.concatenate(new))
        if broken:
            rows += [np.array(look), *broken]
            labels += [1] + [0] * len(broken)
            clusters += [number] * (1 + len(broken))
    return Outfits(rows, np.array(labels), np.array(clusters))
