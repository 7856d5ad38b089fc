"""How often categories and colours were worn together in the looks that the model learnt from."""

import numpy as np

from armoire.modeling.compatibility import NUM_CATEGORIES
from armoire.outfits.fitting import ordered_pairs
from armoire.photo import COLOURS


def count_pairs(looks: list[list[int]], categories: np.ndarray, colours: np.ndarray) -> dict:
    """The manifest's `compatibility.looks`: looks, and in how many each pair occurs.

    `categoryPairs` [14][14] and `colourPairs` [13][13] are symmetric; a look counts once
    for a pair.
    Colours are those of the labels, by their place in the manifest's `embedder.colours`.
    """
    by_category = np.zeros((NUM_CATEGORIES, NUM_CATEGORIES), int)
    by_colour = np.zeros((len(COLOURS), len(COLOURS)), int)
    for look in looks:
        pairs = ordered_pairs([look])
        for table, values in ((by_category, categories), (by_colour, colours)):
            seen = {(int(a), int(b)) for a, b in values[pairs] if a >= 0 and b >= 0}
            for a, b in seen:
                table[a, b] += 1
    return {
        "count": len(looks),
        "categoryPairs": by_category.tolist(),
        "colourPairs": by_colour.tolist(),
    }
