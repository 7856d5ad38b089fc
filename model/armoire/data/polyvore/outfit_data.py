"""Outfits, and the tasks of the field over them, whichever format they were read from."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PARTS = ("train", "valid", "test")


@dataclass(frozen=True)
class Item:
    """What an outfit is made of. `category` is the fine category's id, `kind` the semantic one.

    Both are empty where the set does not say. `image` may not exist.
    """

    id: str
    category: str
    kind: str
    name: str
    image: Path


@dataclass(frozen=True)
class Outfit:
    """Items that somebody put together; `items` are item ids."""

    id: str
    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Question:
    """Fill in the blank: which of `answers` completes `items`? `right` is the place of the answer.

    `outfit` is the outfit that it was made from, `place` where it stands in its file.
    """

    outfit: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    right: int
    place: str = ""


@dataclass(frozen=True)
class Line:
    """Compatibility: do these items make an outfit (label 1) or not (0)?"""

    label: int
    items: tuple[str, ...]


@dataclass
class Part:
    """One part (train, valid, test) of a split."""

    outfits: list[Outfit] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def item_ids(self) -> set[str]:
        """The items of its outfits."""
        return {item for outfit in self.outfits for item in outfit.items}


@dataclass
class OutfitData:
    """A data set: all items by id, the parts by name, entries skipped by file."""

    items: dict[str, Item]
    parts: dict[str, Part]
    skipped: Counter[str] = field(default_factory=Counter)


def type_pairs(data: OutfitData) -> list[tuple[str, str]]:
    """Pairs of kinds that occur together in an outfit of train, sorted.

    This is what `typespaces.p` holds. That file is a pickle, which can run code when it is loaded,
    so it is never opened.
    """
    found = set()
    for outfit in data.parts["train"].outfits:
        kinds = [data.items[item].kind for item in outfit.items]
        for place, first in enumerate(kinds):
            found |= {(min(first, k), max(first, k)) for k in kinds[place + 1 :]}
    return sorted(found)
