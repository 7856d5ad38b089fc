"""What the parts of a split share: items, outfits and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from armoire.data.polyvore.outfit_data import PARTS, OutfitData


@dataclass(frozen=True)
class Overlap:
    """What `part` shares with `other`: counts, and shares of `part`'s own.

    `outfits` have at least one item that `other` has too; `pictures` are items whose picture is
    byte-identical to one of `other` under another id.
    """

    part: str
    other: str
    items: int
    item_share: float
    outfits: int
    outfit_share: float
    pictures: int


def overlaps(data: OutfitData, same: Mapping[str, str]) -> list[Overlap]:
    """For each two parts, from the view of the one that is measured on."""
    return [_overlap(data, part, other, same) for other, part in combinations(PARTS, 2)]


def _overlap(data: OutfitData, part: str, other: str, same: Mapping[str, str]) -> Overlap:
    mine, theirs = data.parts[part].item_ids(), data.parts[other].item_ids()
    shared = mine & theirs
    pictures = {same[item] for item in theirs if item in same}
    outfits = data.parts[part].outfits
    touched = sum(any(item in theirs for item in outfit.items) for outfit in outfits)
    return Overlap(
        part=part,
        other=other,
        items=len(shared),
        item_share=len(shared) / max(1, len(mine)),
        outfits=touched,
        outfit_share=touched / max(1, len(outfits)),
        pictures=sum(same.get(item) in pictures for item in mine - shared),
    )
