import numpy as np

from armoire.outfits.generation import SLOTS, complete, measure, slot_of


def shop(count=6):
    """So many items each of tops, trousers, coats and dresses, with random symmetric scores."""
    categories = np.repeat([2, 8, 4, 11], count)
    scores = np.random.default_rng(1).normal(size=(len(categories),) * 2)
    return (scores + scores.T) / 2, categories


def test_outfits_fill_each_slot_once_and_come_best_first():
    scores, categories = shop()
    outfits = complete(0, scores, categories)
    assert len(outfits) == 5 and all(rows[0] == 0 for rows in outfits)
    for rows in outfits:
        slots = [slot_of(c) for c in categories[rows]]
        assert len(set(slots)) == len(slots) and "dress" not in slots
    means = [np.mean([scores[a, b] for a in r for b in r if a != b]) for r in outfits]
    assert means == sorted(means, reverse=True)


def test_a_dress_gets_a_coat_alone():
    scores, categories = shop()
    for rows in complete(20, scores, categories):
        assert [slot_of(c) for c in categories[rows]] == ["dress", "outerwear"]


def test_every_category_has_one_slot():
    assert sorted(c for categories in SLOTS.values() for c in categories) == list(range(1, 14))


def test_one_item_that_goes_with_all_shows_in_the_gini():
    scores, categories = shop()
    vectors = np.eye(len(categories), dtype=np.float32)
    fair = measure(np.arange(6), scores, categories, vectors)
    scores[:, 6] += 100
    scores[6] += 100
    hub = measure(np.arange(6), scores, categories, vectors)
    assert hub["gini"] > fair["gini"] and hub["coverage"] < fair["coverage"]
