"""How varied the outfits are that each judge makes of the shop's items."""

import numpy as np

from armoire.outfits import generation
from armoire.outfits.shipping import TRAIN
from armoire.outfits.study import MODEL, Study
from armoire.outfits.wardrobe import PLAIN, Wardrobe

ANCHORS = 1000


def generate(study: Study, items: Wardrobe, anchors: int = ANCHORS, seed: int = 1) -> dict:
    """Intra-list distance, coverage and Gini by judge, each over the same drawn anchors."""
    shop = Study(items, study.prototypes, study.config)
    chosen = np.random.default_rng(seed).permutation(len(items.pieces))[:anchors]
    # The model learns from looks; controls need no more than the items themselves.
    street = study.wardrobe
    model = study.fit(street.looks(TRAIN))
    judges = shop.controls([[row] for row in range(len(items.pieces))])
    judges = {MODEL: shop.with_model(model)} | judges
    return {
        name: generation.measure(
            chosen, judge(PLAIN).scores, items.categories, items.vectors[:, PLAIN]
        )
        for name, judge in judges.items()
    }
