"""Galleries for recall@k, as CSA-Net has them (the variant by fine category).

Each fine category with at least `size` items in test and train together has a gallery of `size`:
the questions' answers, then other items of test, then items of train until it is full. Another
variant of the field ranks within the broad category; its figures cannot be compared with these.
"""

import numpy as np

from armoire.data.polyvore.outfit_data import OutfitData, Question

GALLERY_SIZE = 3000


def galleries(
    data: OutfitData, name: str, questions: list[Question], size: int = GALLERY_SIZE, seed: int = 1
) -> dict[str, list[str]]:
    """Fine category → item ids of its gallery, for questions of the part `name`.

    Which items come in is drawn by the seed. More answers than `size` make a gallery larger.
    """
    rng = np.random.default_rng(seed)
    answers = _by_category(data, {q.answers[q.right] for q in questions})
    own = _by_category(data, data.parts[name].item_ids())
    train = _by_category(data, data.parts["train"].item_ids())
    made = {}
    for category in sorted(answers.keys() - {""}):
        tiers = [answers[category], own.get(category, set()), train.get(category, set())]
        if len(set.union(*tiers)) < size:
            continue
        chosen = dict.fromkeys(sorted(tiers[0]))
        for tier in tiers[1:]:
            rest = sorted(tier - chosen.keys())
            wanted = min(len(rest), max(0, size - len(chosen)))
            chosen |= dict.fromkeys(
                rest[i] for i in rng.choice(len(rest), wanted, replace=False) if wanted
            )
        made[category] = list(chosen)
    return made


def _by_category(data: OutfitData, ids: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for item in ids:
        found.setdefault(data.items[item].category, set()).add(item)
    return found
