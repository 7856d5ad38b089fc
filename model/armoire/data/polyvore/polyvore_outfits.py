"""Reads Polyvore Outfits (Vasileva 2018): the folder `polyvore_outfits` as it was published.

`typespaces.p` is derived (`type_pairs`), and the text features are not read.
"""

import csv
import logging
from pathlib import Path

from armoire.data.polyvore.files import (
    ENTRY_ERRORS,
    FormatError,
    Skipped,
    bounded_list,
    load_json,
    read_id,
    read_lines,
    read_text,
)
from armoire.data.polyvore.named_tasks import read_named_lines, read_named_questions, resolver
from armoire.data.polyvore.outfit_data import PARTS, Item, Outfit, OutfitData, Part

log = logging.getLogger(__name__)

# (set id, index) → item id.
Names = dict[tuple[str, str], str]


def read_polyvore_outfits(root: Path, split: str) -> OutfitData:
    """All parts of `split` (disjoint or nondisjoint)."""
    folder, skipped = root / split, Skipped()
    titles = _read_titles(root / "polyvore_outfit_titles.json", skipped)
    parts: dict[str, Part] = {}
    names: dict[str, Names] = {}
    for name in PARTS:
        path = folder / f"{name}.json"
        parts[name], names[name] = Part(), {}
        if path.is_file():
            parts[name].outfits = _read_outfits(path, titles, names[name], skipped)
        else:
            log.warning("%s: not there, so %s is empty", path, name)
    if not any(part.outfits for part in parts.values()):
        raise FormatError(f"{folder}: no outfits in train.json, valid.json or test.json")
    for name, part in parts.items():
        resolve = resolver(names[name], *(names[other] for other in PARTS if other != name))
        questions = folder / f"fill_in_blank_{name}.json"
        if questions.is_file():
            part.questions = read_named_questions(questions, resolve, skipped)
        lines = folder / f"compatibility_{name}.txt"
        if lines.is_file():
            part.lines = read_named_lines(lines, resolve, skipped)
    used = set().union(*(part.item_ids() for part in parts.values()))
    return OutfitData(_read_items(root, used, skipped), parts, skipped.counts)


def _read_outfits(
    path: Path, titles: dict[str, str], names: Names, skipped: Skipped
) -> list[Outfit]:
    """Outfits of one part; fills `names`. Indices need not be consecutive."""
    outfits: list[Outfit] = []
    seen: set[str] = set()
    for number, entry in enumerate(load_json(path, list)):
        try:
            identifier = read_id(entry["set_id"])
            if identifier in seen:
                raise ValueError(f"set {identifier} is there already")
            own = {}
            for item in bounded_list(entry["items"]):
                index = read_id(item["index"])
                if index in own:
                    raise ValueError(f"set {identifier} has index {index} twice")
                own[index] = read_id(item["item_id"])
            if not own:
                raise ValueError(f"set {identifier} has no items")
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
            continue
        seen.add(identifier)
        names.update({(identifier, index): item for index, item in own.items()})
        outfits.append(Outfit(identifier, tuple(own.values()), titles.get(identifier, "")))
    return outfits


def _read_titles(path: Path, skipped: Skipped) -> dict[str, str]:
    """Set id → title; empty without the file."""
    titles = {}
    for key, entry in load_json(path, dict).items() if path.is_file() else ():
        try:
            titles[read_id(key)] = read_text(entry.get("title")) or read_text(entry.get("url_name"))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"set {key[:80]!r}", error)
    return titles


def _read_items(root: Path, used: set[str], skipped: Skipped) -> dict[str, Item]:
    """Every used item; one without metadata has no category."""
    path = root / "polyvore_item_metadata.json"
    kinds = _read_kinds(root / "categories.csv", skipped)
    items = {}
    for key, entry in load_json(path, dict).items():
        try:
            identifier = read_id(key)
            if identifier in used:
                items[identifier] = describe_item(root, identifier, entry, kinds)
        except ENTRY_ERRORS as error:
            skipped.add(path, f"item {key[:80]!r}", error)
    missing = used - items.keys()
    if missing:
        log.warning("%s: %d items of outfits are not in it", path, len(missing))
    for identifier in missing:
        items[identifier] = Item(identifier, "", "", "", image_path(root, identifier))
    return items


def describe_item(root: Path, identifier: str, entry: dict, kinds: dict[str, str]) -> Item:
    """An item from its metadata; `kinds` are the semantic categories of fine ones."""
    category = read_id(entry["category_id"])
    kind = read_text(entry.get("semantic_category")) or kinds.get(category, "")
    name = read_text(entry.get("title")) or read_text(entry.get("url_name"))
    if not name:
        # The published key is misspelt.
        path = entry.get("catgeories", entry.get("categories"))
        name = read_text(path[-1]) if isinstance(path, list) and path else ""
    return Item(identifier, category, kind, name, image_path(root, identifier))


def image_path(root: Path, identifier: str) -> Path:
    """Where an item's picture lies."""
    return root / "images" / f"{identifier}.jpg"


def _read_kinds(path: Path, skipped: Skipped) -> dict[str, str]:
    """Fine category id → semantic category; `categories.csv` has no header."""
    kinds = {}
    for number, line in read_lines(path) if path.is_file() else ():
        try:
            category, _, kind = next(csv.reader([line]))
            kinds[read_id(category)] = kind.strip()
        except (*ENTRY_ERRORS, csv.Error) as error:
            skipped.add(path, f"line {number}", error)
    return kinds
