"""A re-split in which no two parts share an item or a picture.

The published "disjoint" split is not disjoint: a quarter of the items of valid are in train too.
Outfits that are connected through shared items, or through byte-identical pictures of different
items, form a component, and a component is never divided.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from armoire.data.polyvore.outfit_data import PARTS, Item, Outfit, OutfitData, Part


def identical_images(items: Iterable[Item]) -> dict[str, str]:
    """Item id → the id that stands for all items with byte-identical pictures.

    Items whose picture nobody shares, or that have none, are left out. Only files of equal size
    are read.
    """
    by_size: dict[int, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda i: i.id):
        if item.image.is_file():
            by_size[item.image.stat().st_size].append(item)
    same: dict[str, str] = {}
    for group in by_size.values():
        if len(group) < 2:
            continue
        by_digest: dict[bytes, list[str]] = defaultdict(list)
        for item in group:
            with item.image.open("rb") as file:
                by_digest[hashlib.file_digest(file, "sha256").digest()].append(item.id)
        for ids in by_digest.values():
            if len(ids) > 1:
                same |= dict.fromkeys(ids, ids[0])
    return same


def components(outfits: Sequence[Outfit], same: Mapping[str, str]) -> list[int]:
    """For each outfit the place of the first outfit in its connected component."""
    parent = list(range(len(outfits)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first: dict[str, int] = {}
    for place, outfit in enumerate(outfits):
        for item in outfit.items:
            a, b = root(place), root(first.setdefault(same.get(item, item), place))
            parent[max(a, b)] = min(a, b)
    return [root(place) for place in range(len(outfits))]


def strict_split(data: OutfitData, same: Mapping[str, str]) -> OutfitData:
    """The same outfits, divided by components, without tasks (`draw_tasks` makes them).

    The published sizes are kept as far as the components allow. Components that lie in one part
    stay there. The others are given out, largest first, to the part that lacks most outfits. What
    a part then lacks comes from the smallest components of one that has too many.
    """
    placed = [(name, outfit) for name in PARTS for outfit in data.parts[name].outfits]
    groups: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(components([outfit for _, outfit in placed], same)):
        groups[group].append(place)
    lacking = {name: len(data.parts[name].outfits) for name in PARTS}
    target: dict[int, str] = {}
    divided = []
    for group, members in groups.items():
        homes = {placed[place][0] for place in members}
        if len(homes) == 1:
            target[group] = homes.pop()
            lacking[target[group]] -= len(members)
        else:
            divided.append(group)
    for group in sorted(divided, key=lambda g: (-len(groups[g]), g)):
        target[group] = max(PARTS, key=lambda name: lacking[name])
        lacking[target[group]] -= len(groups[group])
    for group in sorted(groups, key=lambda g: (len(groups[g]), g)):
        size, home = len(groups[group]), target[group]
        other = max(PARTS, key=lambda name: lacking[name])
        if size <= min(-lacking[home], lacking[other]):
            target[group] = other
            lacking[home] += size
            lacking[other] -= size
    parts = {name: Part() for name in PARTS}
    for group, members in groups.items():
        parts[target[group]].outfits += [placed[place][1] for place in members]
    return OutfitData(data.items, parts, data.skipped)
