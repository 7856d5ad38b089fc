"""Questions and compatibility lines whose items are named `setid_index`.

Polyvore Outfits and Maryland Polyvore share these formats.
"""

from collections.abc import Callable
from pathlib import Path

from armoire.data.polyvore.files import (
    ENTRY_ERRORS,
    MAX_ITEMS,
    Skipped,
    bounded_list,
    load_json,
    read_id,
    read_label,
    read_lines,
)
from armoire.data.polyvore.outfit_data import Line, Question

# `setid_index` → item id; raises ValueError for a name that is in no outfit.
Resolve = Callable[[str], str]


def split_name(name: object) -> tuple[str, str]:
    """`211990161_1` → set id and index, both as strings."""
    outfit, separator, index = read_id(name).rpartition("_")
    if not separator or not outfit or not index:
        raise ValueError(f"{name!r} is not of the form setid_index")
    return outfit, index


def resolver(*tables: dict[tuple[str, str], str]) -> Resolve:
    """Looks names up in tables (set id, index) → item id, the first that has it."""

    def resolve(name: str) -> str:
        key = split_name(name)
        for table in tables:
            if key in table:
                return table[key]
        raise ValueError(f"{name!r} is in no outfit")

    return resolve


def read_named_questions(path: Path, resolve: Resolve, skipped: Skipped) -> list[Question]:
    """Fill-in-the-blank questions; the right answer is the one of the question's own set.

    It is never taken from its place: the official reader goes by set id, others by `answers[0]`. A
    question with none or several of its own set is skipped.
    """
    questions = []
    for number, entry in enumerate(load_json(path, list)):
        try:
            questions.append(_read_question(entry, resolve, f"{path.name}[{number}]"))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"entry {number}", error)
    return questions


def _read_question(entry: dict, resolve: Resolve, place: str) -> Question:
    asked, answers = bounded_list(entry["question"]), bounded_list(entry["answers"])
    own = {split_name(name)[0] for name in asked}
    if len(own) != 1:
        raise ValueError(f"its items are of {len(own)} sets")
    outfit = own.pop()
    right = [place for place, name in enumerate(answers) if split_name(name)[0] == outfit]
    if len(right) != 1:
        raise ValueError(f"{len(right)} of its answers are of the question's set {outfit}")
    return Question(
        outfit=outfit,
        items=tuple(resolve(name) for name in asked),
        answers=tuple(resolve(name) for name in answers),
        right=right[0],
        place=place,
    )


def read_named_lines(path: Path, resolve: Resolve, skipped: Skipped) -> list[Line]:
    """Lines `1 setid_index setid_index ...`: the label first, any run of blanks between."""
    lines = []
    for number, text in read_lines(path):
        try:
            label, *names = text.split()
            if not 2 <= len(names) <= MAX_ITEMS:
                raise ValueError(f"{len(names)} items")
            lines.append(Line(read_label(label), tuple(resolve(name) for name in names)))
        except ENTRY_ERRORS as error:
            skipped.add(path, f"line {number}", error)
    return lines
