"""Overlaps between parts, the strict re-split, and tasks drawn from it."""

import shutil

import numpy as np
import pytest

from armoire.data.polyvore.drawn_tasks import draw_tasks
from armoire.data.polyvore.leaks import overlaps
from armoire.data.polyvore.outfit_data import PARTS, Item, Outfit, OutfitData, Part
from armoire.data.polyvore.polyvore_outfits import read_polyvore_outfits
from armoire.data.polyvore.strict_split import components, identical_images, strict_split
from armoire.evaluation.outfit_metrics import roc_auc
from tests.tiny_polyvore import write_polyvore_outfits


def outfits(*items: str) -> list[Outfit]:
    return [Outfit(str(place), tuple(text.split())) for place, text in enumerate(items)]


def data_of(tmp_path, **parts: list[Outfit]) -> OutfitData:
    """Outfits whose items are all of one category."""
    made = {name: Part(parts.get(name, [])) for name in PARTS}
    ids = {item for part in made.values() for item in part.item_ids()}
    items = {i: Item(i, "7", "tops", i, tmp_path / f"{i}.jpg") for i in ids}
    return OutfitData(items, made)


def test_components_follow_items_and_pictures():
    # 0-2 share a, 2-3 share d, 1 and 4 share the picture of c and f.
    found = components(outfits("a b", "c", "a d", "d e", "f g", "h"), {"c": "c", "f": "c"})
    assert found == [0, 1, 0, 0, 1, 5]


def test_overlaps_are_counted_in_items_outfits_and_pictures(tmp_path):
    root = write_polyvore_outfits(tmp_path)
    # Item 32 of valid gets the picture of item 2 of train.
    shutil.copy(root / "images" / "2.jpg", root / "images" / "32.jpg")
    data = read_polyvore_outfits(root, "disjoint")
    same = identical_images(data.items.values())
    assert same == {"2": "2", "32": "2"}
    found = {(o.part, o.other): o for o in overlaps(data, same)}
    assert list(found) == [("valid", "train"), ("test", "train"), ("test", "valid")]
    test = found["test", "train"]
    # Items 1 and 3 of 14; set 204 of five.
    assert (test.items, test.outfits, test.pictures) == (2, 1, 0)
    assert (test.item_share, test.outfit_share) == pytest.approx((2 / 14, 1 / 5))
    valid = found["valid", "train"]
    assert (valid.items, valid.outfits, valid.pictures) == (0, 0, 1)


def test_the_strict_split_shares_nothing_and_moves_little(tmp_path):
    root = write_polyvore_outfits(tmp_path)
    shutil.copy(root / "images" / "2.jpg", root / "images" / "32.jpg")
    data = read_polyvore_outfits(root, "disjoint")
    same = identical_images(data.items.values())
    strict = strict_split(data, same)
    # 100, 101, 204 and 300 hang together through items 1 and 3 and a picture. Train lacks two of
    # its outfits, test and valid one each, so they go to train.
    assert {name: [o.id for o in part.outfits] for name, part in strict.parts.items()} == {
        "train": ["100", "101", "300", "204"],
        "valid": [],
        "test": ["200", "201", "202", "203"],
    }
    assert all(o.items == o.outfits == o.pictures == 0 for o in overlaps(strict, same))
    # The tasks of the published split are of other parts.
    assert not strict.parts["test"].questions


def test_the_strict_split_keeps_the_sizes_nearly(tmp_path):
    """Twenty pairs of outfits, each pair across train and another part."""
    parts: dict[str, list[Outfit]] = {"train": [], "valid": [], "test": []}
    for number in range(20):
        other = "valid" if number % 4 == 0 else "test"
        parts["train"].append(Outfit(f"a{number}", (f"x{number}", f"y{number}")))
        parts[other].append(Outfit(f"b{number}", (f"x{number}", f"z{number}")))
    data = data_of(tmp_path, **parts)
    strict = strict_split(data, {})
    before = {name: len(part.outfits) for name, part in data.parts.items()}
    after = {name: len(part.outfits) for name, part in strict.parts.items()}
    assert before == {"train": 20, "valid": 5, "test": 15}
    assert sum(after.values()) == 40
    assert all(abs(after[name] - before[name]) <= 2 for name in PARTS)
    assert all(o.items == 0 for o in overlaps(strict, {}))


def test_a_part_that_loses_outfits_gets_others(tmp_path):
    """Item h joins ten outfits of train and three of valid; train is the larger and gets all."""
    train = [Outfit(f"a{n}", ("h", f"x{n}")) for n in range(10)]
    train += [Outfit(f"b{n}", (f"y{n}",)) for n in range(20)]
    valid = [Outfit(f"c{n}", ("h", f"z{n}")) for n in range(3)]
    strict = strict_split(data_of(tmp_path, train=train, valid=valid), {})
    assert [len(strict.parts[name].outfits) for name in PARTS] == [30, 3, 0]
    assert {o.id[0] for o in strict.parts["valid"].outfits} == {"b"}
    assert all(o.items == 0 for o in overlaps(strict, {}))


def test_drawn_tasks_keep_to_the_category_and_leave_the_outfit_out(tmp_path):
    data = read_polyvore_outfits(write_polyvore_outfits(tmp_path), "disjoint")
    part = draw_tasks(data, "test", {}, seed=1)
    worn = {outfit.id: set(outfit.items) for outfit in part.outfits}
    assert len(part.questions) == 5
    for question in part.questions:
        answer = question.answers[question.right]
        assert {*question.items, answer} == worn[question.outfit]
        wrong = set(question.answers) - {answer}
        assert len(wrong) == 3
        assert not wrong & worn[question.outfit]
        assert {data.items[i].category for i in wrong} == {data.items[answer].category}
    assert [line.label for line in part.lines] == [1, 0] * 5
    for right, broken in zip(part.lines[::2], part.lines[1::2], strict=True):
        assert not set(right.items) & set(broken.items)
        assert len(set(broken.items)) == len(broken.items)
        kinds = [[data.items[i].category for i in line.items] for line in (right, broken)]
        assert kinds[0] == kinds[1]
    assert draw_tasks(data, "test", {}, seed=1) == part
    assert draw_tasks(data, "test", {}, seed=2).questions != part.questions


def test_a_distractor_is_never_the_answer_under_another_id(tmp_path):
    data = data_of(tmp_path, test=outfits("a b", "c d", "e f", "g h"))
    same = {"a": "a", "c": "a"}
    for seed in range(20):
        for question in draw_tasks(data, "test", same, seed).questions:
            if question.outfit == "0":
                assert "c" not in question.answers


def test_outfits_without_alternatives_get_no_tasks(tmp_path):
    data = data_of(tmp_path, test=outfits("a b", "c"))
    part = draw_tasks(data, "test", {}, seed=1)
    assert (part.questions, part.lines) == ([], [])


def test_drawn_negatives_are_as_popular_as_positives(tmp_path):
    """Items worn 1 to 30 times: drawing every item alike would read AUC .75 by popularity."""
    rng = np.random.default_rng(0)
    weights = np.arange(1, 61) / np.arange(1, 61).sum()
    worn = [" ".join(f"i{n}" for n in rng.choice(60, 2, False, weights)) for _ in range(800)]
    data = data_of(tmp_path, test=outfits(*worn))
    part = draw_tasks(data, "test", {}, seed=1)
    counts = {item: sum(item in o.items for o in part.outfits) for item in data.items}
    scores = np.array([np.mean([counts[i] for i in line.items]) for line in part.lines])
    labels = np.array([line.label for line in part.lines])
    assert roc_auc(scores, labels)[0] == pytest.approx(0.5, abs=0.04)
