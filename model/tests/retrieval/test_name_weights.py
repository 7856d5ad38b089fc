"""The choice of how much names count in embeddings."""

import numpy as np
import pytest

from armoire.retrieval import name_weights
from armoire.retrieval.cutout import Crops
from armoire.retrieval.name_weights import Cosines, choose

ITEMS = 12


def crops(rows: list[dict]) -> Crops:
    return Crops(np.zeros((len(rows), 1), np.uint8), rows, [])


def toy() -> tuple[Cosines, Cosines]:
    """Items of two categories in turn. Labels agree with them, but are wrong for the first views;
    the part pattern knows the item by a little."""
    items = crops([{"item": n, "category": n % 2, "colour": "red"} for n in range(ITEMS)])
    kinds = items.column("category")
    wrong = np.arange(ITEMS) < 3
    same = (np.where(wrong, 1 - kinds, kinds)[:, None] == kinds) * 1.0
    zero = np.zeros((ITEMS, ITEMS))
    parts = {"shades": zero, "category": zero, "colour": zero, "pattern": 0.2 * np.eye(ITEMS)}
    return Cosines(items, items, parts | {"label": same}), Cosines(
        items, items, parts | {"label": (kinds[:, None] == kinds) * 1.0, "pattern": zero}
    )


def test_weights_that_lose_items_are_passed_over(monkeypatch):
    grid = {"label": (0, 0.1, 0.5), "shades": (0,), "category": (0,), "colour": (0,)}
    monkeypatch.setattr(name_weights, "GRID", grid)
    monkeypatch.setattr(name_weights, "TOP_K", 6)
    # .2 of a pattern's .9 stands against a label's .1, and .2 of .5 does not against .5.
    chosen = choose(*toy(), np.ones(ITEMS))
    assert chosen["label"] == 0.1
    assert chosen["recall@1"] == chosen["category@10"] == 1


def test_only_what_came_first_before_can_be_lost(monkeypatch):
    grid = {"label": (0.5,), "shades": (0,), "category": (0,), "colour": (0,)}
    monkeypatch.setattr(name_weights, "GRID", grid)
    with pytest.raises(ValueError, match="no weights"):
        choose(*toy(), np.ones(ITEMS))
    chosen = choose(*toy(), np.arange(ITEMS) >= 3)
    assert chosen["recall@1"] == 0.75
