"""Questions and compatibility lines drawn anew from the outfits of one part.

A strict re-split needs them, and several draws show how much a figure owes to its distractors.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from armoire.data.polyvore.outfit_data import Line, Outfit, OutfitData, Part, Question

DISTRACTORS = 3
# Draws until the wanted number of different items must have come.
ATTEMPTS = 50


class _Pool:
    """Draws items of a fine category as often as they are worn.

    Were every item as likely, distractors would be less popular than answers, and popularity would
    give the answer away.
    """

    def __init__(self, data: OutfitData, part: Part, same: Mapping[str, str], seed: int):
        self.items, self.same = data.items, same
        self.rng = np.random.default_rng(seed)
        self.worn: dict[str, list[str]] = defaultdict(list)
        for outfit in part.outfits:
            for item in outfit.items:
                self.worn[data.items[item].category].append(item)

    def draw(self, like: str, count: int, taken: set[str]) -> list[str] | None:
        """`count` items of the category of `like`, none of them taken; None if too few.

        `taken` holds items as `same` names them, and grows by what was drawn.
        """
        category = self.items[like].category
        pool = self.worn[category]
        found: list[str] = []
        for _ in range(ATTEMPTS if category else 0):
            item = pool[self.rng.integers(len(pool))]
            if self.picture(item) not in taken:
                taken.add(self.picture(item))
                found.append(item)
                if len(found) == count:
                    return found
        return None

    def picture(self, item: str) -> str:
        """The item that stands for all with this picture."""
        return self.same.get(item, item)

    def broken(self, outfit: Outfit) -> list[str] | None:
        """Every item replaced by another one of its category, all different."""
        taken = {self.picture(item) for item in outfit.items}
        drawn = [self.draw(item, 1, taken) for item in outfit.items]
        return [found[0] for found in drawn if found] if all(drawn) else None


def draw_tasks(data: OutfitData, name: str, same: Mapping[str, str], seed: int) -> Part:
    """The part with one question an outfit, and each outfit as a line beside a broken copy.

    Distractors and replacements have the fine category of what they stand for. Outfits of one item
    or without enough alternatives get no question or no broken copy.
    """
    part = data.parts[name]
    pool = _Pool(data, part, same, seed)
    made = Part(part.outfits)
    for outfit in part.outfits:
        if len(outfit.items) < 2:
            continue
        if question := _draw_question(outfit, pool):
            made.questions.append(question)
        if broken := pool.broken(outfit):
            made.lines.append(Line(1, outfit.items))
            made.lines.append(Line(0, tuple(broken)))
    return made


def _draw_question(outfit: Outfit, pool: _Pool) -> Question | None:
    for blank in pool.rng.permutation(len(outfit.items)):
        answer = outfit.items[blank]
        taken = {pool.picture(item) for item in outfit.items}
        if wrong := pool.draw(answer, DISTRACTORS, taken):
            right = int(pool.rng.integers(DISTRACTORS + 1))
            rest = tuple(item for place, item in enumerate(outfit.items) if place != blank)
            answers = (*wrong[:right], answer, *wrong[right:])
            return Question(outfit.id, rest, answers, right)
    return None
