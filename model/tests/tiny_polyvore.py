"""One tiny set of outfits, written in the three public formats, with drawn pictures.

Every item is of one plain colour, so that the similarity of colours can be computed by hand: red,
green and blue are orthogonal, and yellow has a cosine of √½ with red and with green.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from armoire.data.polyvore.outfit_data import Item

COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
KINDS = {11: "tops", 12: "bottoms", 13: "shoes"}
TOP, BOTTOM, SHOE = KINDS
# Item id → fine category and colour.
ITEMS = {
    **{1: (TOP, "red"), 2: (BOTTOM, "red"), 3: (SHOE, "red")},
    **{5: (BOTTOM, "blue")},
    **{11: (TOP, "red"), 12: (BOTTOM, "red"), 13: (SHOE, "red")},
    **{14: (TOP, "green"), 15: (BOTTOM, "green"), 16: (SHOE, "blue")},
    **{17: (TOP, "blue"), 18: (BOTTOM, "blue")},
    **{19: (TOP, "yellow"), 20: (BOTTOM, "yellow"), 21: (SHOE, "green")},
    **{22: (BOTTOM, "blue")},
    **{31: (TOP, "red"), 32: (BOTTOM, "red")},
}
# Part → set id → index → item. Indices have gaps; set 204 wears two items of train.
OUTFITS = {
    "train": {100: {1: 1, 2: 2, 4: 3}, 101: {2: 1, 3: 5}},
    "valid": {300: {1: 31, 2: 32}},
    "test": {
        200: {1: 11, 2: 12, 5: 13},
        201: {1: 14, 2: 15, 3: 16},
        202: {1: 17, 7: 18},
        203: {1: 19, 2: 20, 3: 21},
        204: {1: 22, 2: 1, 3: 3},
    },
}
# Question, blank position, answers; the place of the right one.
QUESTIONS = [
    (["200_1", "200_5"], 2, ["201_2", "200_2", "202_7", "203_2"], 1),
    (["201_1"], 3, ["200_5", "203_3", "201_3", "204_3"], 2),
    (["202_1"], 2, ["204_1", "202_7", "200_2", "201_2"], 1),
]
LINES = [
    (1, ["200_1", "200_2", "200_5"]),
    (1, ["201_1", "201_2", "201_3"]),
    (1, ["203_1", "203_2", "203_3"]),
    (1, ["204_1", "204_2", "204_3"]),
    (0, ["200_1", "201_2", "202_7"]),
    (0, ["200_1", "203_2"]),
]


@dataclass
class World:
    """The tables, to change before they are written."""

    outfits: dict = field(default_factory=lambda: json.loads(json.dumps(OUTFITS)))
    questions: list = field(default_factory=lambda: [list(q) for q in QUESTIONS])
    lines: list = field(default_factory=lambda: list(LINES))

    def item(self, name: str) -> int:
        """`setid_index` → item id."""
        set_id, index = name.split("_")
        return next(p[set_id][index] for p in self.outfits.values() if set_id in p)


def draw_item(path: Path, item: int) -> None:
    """A plain picture. Its width is the item's own, so that no two files are alike."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = np.full((40, 40 + item, 3), COLOURS[ITEMS[item][1]][::-1], np.uint8)
    assert cv2.imwrite(str(path), picture)


def write_json(path: Path, table: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table))


def write_polyvore_outfits(root: Path, world: World | None = None, split: str = "disjoint") -> Path:
    """The published layout; ids are strings here and numbers there, as they are found."""
    world = world or World()
    metadata = {}
    for item, (category, colour) in ITEMS.items():
        draw_item(root / "images" / f"{item}.jpg", item)
        metadata[str(item)] = {
            "url_name": f"{colour} {KINDS[category]}",
            "description": "",
            "catgeories": ["Women's Fashion", KINDS[category]],
            "title": "" if item == 1 else f"Title {item}",
            "related": [],
            "category_id": category if item % 2 else str(category),
            "semantic_category": KINDS[category],
        }
    write_json(root / "polyvore_item_metadata.json", metadata)
    titles = {"200": {"url_name": "all red", "title": "All red"}}
    write_json(root / "polyvore_outfit_titles.json", titles)
    rows = [f"{category},{kind[:-1]},{kind}" for category, kind in KINDS.items()]
    (root / "categories.csv").write_text("\n".join(rows) + "\n")
    folder = root / split
    for part, outfits in world.outfits.items():
        table = []
        for set_id, items in outfits.items():
            entries = [{"item_id": str(i), "index": int(n)} for n, i in items.items()]
            table.append({"set_id": set_id, "items": entries})
        write_json(folder / f"{part}.json", table)
    write_named_questions(folder / "fill_in_blank_test.json", world)
    # Any run of blanks.
    lines = [f"{label}   " + " \t".join(names) + " " for label, names in world.lines]
    (folder / "compatibility_test.txt").write_text("\n".join(lines) + "\n\n")
    return root


def write_named_questions(path: Path, world: World) -> None:
    keys = ("question", "blank_position", "answers")
    table = [dict(zip(keys, question[:3], strict=True)) for question in world.questions]
    write_json(path, table)


def write_maryland(root: Path, world: World | None = None) -> Path:
    """The layout of the archive."""
    world = world or World()
    for part, outfits in world.outfits.items():
        table = []
        for set_id, items in outfits.items():
            entries = []
            for index, item in items.items():
                draw_item(root / "images" / set_id / f"{index}.jpg", item)
                address = f"http://img2.example/cgi/img-thing?.out=jpg&size=m&tid={item}"
                entry = {"index": int(index), "name": f"name {item}", "price": 9.5, "likes": 1}
                entries.append(entry | {"image": address, "categoryid": ITEMS[item][0]})
            outfit = {
                "set_id": set_id,
                "name": "A set",
                "views": 1,
                "likes": 2,
                "date": "",
                "desc": "",
            }
            table.append(outfit | {"image": "", "set_url": "", "items": entries})
        write_json(root / f"{part}_no_dup.json", table)
    (root / "category_id.txt").write_text("11 T-Shirts and Tops\n12 Pants\n13 Shoes\n")
    write_named_questions(root / "fill_in_blank_test.json", world)
    lines = [f"{label} " + " ".join(names) for label, names in world.lines]
    (root / "fashion_compatibility_prediction.txt").write_text("\n".join(lines) + "\n")
    return root


def write_repacked(root: Path, world: World | None = None, split: str = "disjoint") -> Path:
    """owj0421's layout: tasks name item ids, and questions have a label."""
    world = world or World()
    metadata = []
    for item, (category, _) in ITEMS.items():
        draw_item(root / "images" / f"{item}.jpg", item)
        entry = {"item_id": item, "category_id": category, "semantic_category": KINDS[category]}
        metadata.append(entry | {"title": f"Title {item}", "url_name": ""})
    write_json(root / "item_metadata.json", metadata)
    folder = root / split
    for part, outfits in world.outfits.items():
        table = [{"item_ids": list(items.values())} for items in outfits.values()]
        write_json(folder / f"{part}.json", table)
    questions = []
    for asked, _, answers, label in world.questions:
        ids = {
            "question": [world.item(n) for n in asked],
            "answers": [world.item(n) for n in answers],
        }
        questions.append(ids | {"label": label})
    write_json(folder / "fill_in_the_blank" / "test.json", questions)
    lines = [{"label": lb, "question": [world.item(n) for n in ns]} for lb, ns in world.lines]
    write_json(folder / "compatibility" / "test.json", lines)
    return root


WRITERS = {
    "polyvore": write_polyvore_outfits,
    "maryland": write_maryland,
    "repacked": write_repacked,
}


def colour_vectors(items: list[Item]) -> np.ndarray:
    """Unit vectors [N, 3]: the mean colours of the pictures, rounded so that equal ones tie."""
    found = np.array([cv2.imread(str(item.image)).mean((0, 1))[::-1] for item in items])
    return np.round(found / np.linalg.norm(found, axis=1, keepdims=True), 2)
