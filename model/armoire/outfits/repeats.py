"""Street photos that show the same outfit again: they must not be on both sides of a split."""

import numpy as np

from armoire.outfits.wardrobe import PLAIN, Wardrobe

# Cosine from which two garments of a category are taken for the same one.
SAME_GARMENT = 0.9


def outfit_groups(wardrobe: Wardrobe, looks: list[list[int]]) -> np.ndarray:
    """A group for each look [L]; those that share two garments are in one, as chains are."""
    vectors = wardrobe.vectors[:, PLAIN]
    rows = np.array([row for look in looks for row in look])
    owner = np.array([place for place, look in enumerate(looks) for _ in look])
    shared: dict[tuple[int, int], int] = {}
    for category in np.unique(wardrobe.categories[rows]):
        mine = np.flatnonzero(wardrobe.categories[rows] == category)
        cosines = np.triu(vectors[rows[mine]] @ vectors[rows[mine]].T, 1)
        for i, j in np.argwhere(cosines >= SAME_GARMENT):
            pair = (owner[mine[i]], owner[mine[j]])
            if pair[0] != pair[1]:
                key = (int(min(pair)), int(max(pair)))
                shared[key] = shared.get(key, 0) + 1
    group = np.arange(len(looks))
    for (a, b), count in shared.items():
        if count >= 2:
            group[group == group[b]] = group[a]
    return group
