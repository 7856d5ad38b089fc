"""Wardrobes of drawn vectors, in which garments of one look are known to agree."""

import numpy as np

from armoire.outfits.wardrobe import Piece, Wardrobe
from armoire.photo import COLOURS

SIZE = 256


def drawn_wardrobe(
    looks: int = 60, views: int = 4, seed: int = 0, agreement: float = 1.0, split: str = "train"
) -> Wardrobe:
    """Looks of a long sleeve top, trousers and, in every third, a coat.

    `agreement` is how much of a garment's vector is a style that its look shares.
    """
    rng = np.random.default_rng(seed)
    pieces, vectors = [], []
    kinds = {category: rng.normal(size=SIZE) for category in (2, 4, 8)}
    styles = rng.normal(size=(4, SIZE))
    for look in range(looks):
        style = rng.integers(len(styles))
        for category in (2, 8, 4) if look % 3 == 0 else (2, 8):
            colour = COLOURS[style]
            pieces.append(Piece(f"{look:04d}.webp", split, len(pieces), category, colour))
            own = rng.normal(size=SIZE)
            seen = kinds[category] + agreement * styles[style] + 0.5 * own
            vectors.append(seen + 0.1 * rng.normal(size=(views, SIZE)))
    found = np.float32(vectors)
    found /= np.linalg.norm(found, axis=-1, keepdims=True)
    cameras = rng.normal(size=(len(pieces), 2, 9)).astype(np.float32)
    return Wardrobe(pieces, found, cameras)
