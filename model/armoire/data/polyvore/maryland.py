"""Reads Maryland Polyvore (Han 2017): `test_no_dup.json` and its neighbours.

The incompatible lines of this set hold items of random categories, so a high AUC on them says
little about style.
"""

import logging
import re
from pathlib import Path

from armoire.data.polyvore.files import (
    ENTRY_ERRORS,
    FormatError,
    Skipped,
    bounded_list,
    first_of,
    load_json,
    read_id,
    read_lines,
    read_text,
)
from armoire.data.polyvore.named_tasks import read_named_lines, read_named_questions, resolver
from armoire.data.polyvore.outfit_data import PARTS, Item, Outfit, OutfitData, Part

log = logging.getLogger(__name__)

# The picture's address names the product, which has no other id: `...img-thing?...&tid=194508109`.
_THING = re.compile(r"[?&]tid=(\d{1,20})(?:&|$)")
# The set's README and its archive spell two files differently.
QUESTIONS = ("fill_in_blank_test.json", "fill_in_the_blank_test.json")
LINES = ("fashion_compatibility_prediction.txt", "fashion-compatibility-prediction.txt")


def read_maryland(root: Path) -> OutfitData:
    """All parts; questions and lines are there for test alone."""
    skipped = Skipped()
    categories = _read_categories(root / "category_id.txt", skipped)
    items: dict[str, Item] = {}
    parts: dict[str, Part] = {}
    names: dict[tuple[str, str], str] = {}
    for name in PARTS:
        path = root / f"{name}_no_dup.json"
        parts[name] = Part()
        if not path.is_file():
            log.warning("%s: not there, so %s is empty", path, name)
            continue
        for number, entry in enumerate(load_json(path, list)):
            try:
                parts[name].outfits.append(_read_outfit(root, entry, categories, items, names))
            except ENTRY_ERRORS as error:
                skipped.add(path, f"entry {number}", error)
    if not items:
        wanted = ", ".join(f"{name}_no_dup.json" for name in PARTS)
        raise FormatError(f"{root}: no outfits in {wanted}")
    resolve = resolver(names)
    if questions := first_of(root, *QUESTIONS):
        parts["test"].questions = read_named_questions(questions, resolve, skipped)
    if lines := first_of(root, *LINES):
        parts["test"].lines = read_named_lines(lines, resolve, skipped)
    return OutfitData(items, parts, skipped.counts)


def _read_outfit(
    root: Path,
    entry: dict,
    categories: dict[str, str],
    items: dict[str, Item],
    names: dict[tuple[str, str], str],
) -> Outfit:
    """An outfit; adds its items and their names. Indices have gaps where items were removed."""
    identifier = read_id(entry["set_id"])
    own: dict[str, Item] = {}
    for item in bounded_list(entry["items"]):
        index = read_id(item["index"])
        if index in own or (identifier, index) in names:
            raise ValueError(f"set {identifier} has index {index} twice")
        category = read_id(item["categoryid"])
        thing = _THING.search(read_text(item.get("image")))
        own[index] = Item(
            id=thing[1] if thing else f"{identifier}_{index}",
            category=category,
            kind="",
            name=read_text(item.get("name")) or categories.get(category, ""),
            image=root / "images" / identifier / f"{index}.jpg",
        )
    if not own:
        raise ValueError(f"set {identifier} has no items")
    for index, item in own.items():
        items.setdefault(item.id, item)
        names[identifier, index] = item.id
    return Outfit(identifier, tuple(i.id for i in own.values()), read_text(entry.get("name")))


def _read_categories(path: Path, skipped: Skipped) -> dict[str, str]:
    """Category id → name, from lines `id name`; empty without the file."""
    categories = {}
    for number, line in read_lines(path) if path.is_file() else ():
        try:
            identifier, _, name = line.partition(" ")
            categories[read_id(identifier)] = name.strip()
        except ENTRY_ERRORS as error:
            skipped.add(path, f"line {number}", error)
    return categories
