"""Reads owj0421's re-packing of Polyvore Outfits, in which tasks name item ids.

Questions have no set ids here: the right answer is the labelled one. It is checked against the
outfits where these are there, and a question whose label contradicts them is skipped.
"""

import logging
from collections import defaultdict
from pathlib import Path

from armoire.data.polyvore.files import (
    ENTRY_ERRORS,
    FormatError,
    Skipped,
    load_json,
    read_id,
    read_ids,
    read_label,
)
from armoire.data.polyvore.outfit_data import PARTS, Item, Line, Outfit, OutfitData, Part, Question
from armoire.data.polyvore.polyvore_outfits import describe_item

log = logging.getLogger(__name__)


def read_repacked(root: Path, split: str) -> OutfitData:
    """All parts of `split` (disjoint or nondisjoint)."""
    folder, skipped = root / split, Skipped()
    items = _read_items(root, skipped)
    parts = {name: _read_part(folder, name, items, skipped) for name in PARTS}
    if not any(part.outfits or part.questions or part.lines for part in parts.values()):
        raise FormatError(f"{folder}: no train.json, valid.json or test.json, and no tasks")
    return OutfitData(items, parts, skipped.counts)


def _read_items(root: Path, skipped: Skipped) -> dict[str, Item]:
    path = root / "item_metadata.json"
    items = {}
    for number, entry in enumerate(load_json(path, list)):
        try:
            identifier = read_id(entry["item_id"])
            items[identifier] = describe_item(root, identifier, entry, {})
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
    return items


def _read_part(folder: Path, name: str, items: dict[str, Item], skipped: Skipped) -> Part:
    part = Part()
    path = folder / f"{name}.json"
    for number, entry in enumerate(load_json(path, list)) if path.is_file() else ():
        try:
            identifier = read_id(entry.get("set_id", f"{name}-{number}"))
            found = _known(read_ids(entry["item_ids"]), items)
            if not found:
                raise ValueError("no items")
            part.outfits.append(Outfit(identifier, found))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
    path = folder / "compatibility" / f"{name}.json"
    for number, entry in enumerate(load_json(path, list)) if path.is_file() else ():
        try:
            found = _known(read_ids(entry["question"]), items)
            if len(found) < 2:
                raise ValueError(f"{len(found)} items")
            part.lines.append(Line(read_label(entry["label"]), found))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
    path = folder / "fill_in_the_blank" / f"{name}.json"
    worn = _outfits_by_item(part.outfits)
    for number, entry in enumerate(load_json(path, list)) if path.is_file() else ():
        try:
            place = f"{path.name}[{number}]"
            part.questions.append(_read_question(entry, items, worn, place))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
    return part


def _read_question(
    entry: dict, items: dict[str, Item], worn: dict[str, set[str]], place: str
) -> Question:
    asked = _known(read_ids(entry["question"]), items)
    answers = _known(read_ids(entry["answers"]), items)
    right = int(read_id(entry["label"]))
    if not asked or not 0 <= right < len(answers):
        raise ValueError(f"{len(asked)} items, label {right} of {len(answers)} answers")
    # The outfits that hold all of the question, and which of them each answer completes.
    whole = set.intersection(*(worn.get(item, set()) for item in asked))
    complete = [whole & worn.get(item, set()) for item in answers]
    if any(complete) and not complete[right]:
        raise ValueError(f"label {right} contradicts the outfits")
    return Question(min(complete[right], default=place), asked, answers, right, place)


def _outfits_by_item(outfits: list[Outfit]) -> dict[str, set[str]]:
    worn = defaultdict(set)
    for outfit in outfits:
        for item in outfit.items:
            worn[item].add(outfit.id)
    return worn


def _known(ids: tuple[str, ...], items: dict[str, Item]) -> tuple[str, ...]:
    for identifier in ids:
        if identifier not in items:
            raise ValueError(f"item {identifier} is not in item_metadata.json")
    return ids
