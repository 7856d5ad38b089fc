"""The whole protocol on tiny folders in the three formats; every figure is worked out by hand."""

from functools import partial

import numpy as np
import pytest

from armoire.data.polyvore.galleries import galleries
from armoire.data.polyvore.outfit_data import OutfitData
from armoire.data.polyvore.reader import read_outfit_data
from armoire.evaluation import outfit_protocol
from armoire.evaluation.outfit_metrics import fitb_credit, roc_auc
from armoire.evaluation.outfit_protocol import (
    Tasks,
    make_tasks,
    rank_galleries,
    score_lines,
    score_questions,
)
from armoire.evaluation.outfit_report import item_counts, leak_alarms, measure
from armoire.evaluation.outfit_scorers import (
    CategoryScorer,
    PopularityScorer,
    RandomScorer,
    SimilarityScorer,
)
from tests.tiny_polyvore import WRITERS, World, colour_vectors, write_polyvore_outfits

HALF = 0.5**0.5
# The vectors are rounded to two digits.
close = partial(np.testing.assert_allclose, rtol=0.01)


@pytest.fixture(params=WRITERS)
def data(request, tmp_path) -> OutfitData:
    """The same outfits in each format."""
    return read_outfit_data(WRITERS[request.param](tmp_path), request.param, "disjoint")


def tasks_of(data: OutfitData, size: int = 7) -> Tasks:
    part = data.parts["test"]
    return make_tasks(data, part, galleries(data, "test", part.questions, size), None)


def test_fill_in_the_blank(data):
    tasks = tasks_of(data)
    scores = score_questions(SimilarityScorer(colour_vectors(tasks.items)), tasks)
    # 1: beside red and red: green 0, red 2, blue 0, yellow 2 · √½.
    # 2: beside green: red 0, green 1, blue 0 (the right one), red 0.
    # 3: beside blue: blue 1, blue 1 (the right one), red 0, green 0.
    expected = [[0, 2, 0, 2 * HALF], [0, 1, 0, 0], [1, 1, 0, 0]]
    close(scores, expected)
    credit = fitb_credit(scores, np.array([q.right for q in tasks.questions]))
    # Won; lost to the green shoe; one of two best.
    np.testing.assert_allclose(credit, [1, 0, 1 / 2])
    assert credit.mean() == pytest.approx(0.5)


def test_compatibility_auc(data):
    tasks = tasks_of(data)
    scores = score_lines(SimilarityScorer(colour_vectors(tasks.items)), tasks)
    # Compatible: three reds (1 + 1 + 1) / 3; green, green, blue 1 / 3; yellow, yellow, green
    # (1 + √½ + √½) / 3; blue, red, red 1 / 3. Not: red, green, blue 0; red, yellow √½.
    expected = [1, 1 / 3, (1 + 2 * HALF) / 3, 1 / 3, 0, HALF]
    close(scores, expected)
    # Of 4 · 2 pairs: 1 wins two, each 1/3 wins one, .807 wins two.
    labels = np.array([line.label for line in tasks.lines])
    assert roc_auc(scores, labels)[0] == pytest.approx(6 / 8)


def test_recall(data):
    tasks = tasks_of(data)
    # Bottoms have seven items in test and train: 12, 15, 18, 20, 22, 2, 5. Tops have five and
    # shoes four, which is too few, so the second question is not asked.
    assert list(tasks.galleries) == ["12"]
    assert sorted(map(int, tasks.galleries["12"])) == [2, 5, 12, 15, 18, 20, 22]
    assert [q.answers[q.right] for q in tasks.retrieval] == ["12", "18"]
    ranks = rank_galleries(SimilarityScorer(colour_vectors(tasks.items)), tasks)
    # 1: beside red and red, 12 and 2 are red (2), 20 is yellow: places 1 and 2 are tied.
    # 3: beside blue, 18, 22 and 5 are blue: places 1 to 3 are tied.
    assert ranks.better.tolist() == [0, 0]
    assert ranks.tied.tolist() == [2, 3]
    assert ranks.recall_credit(1).mean() == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert ranks.recall_credit(2).mean() == pytest.approx((1 + 2 / 3) / 2)
    assert ranks.recall_credit(3).mean() == 1


def test_popularity(data):
    """Item 1 is in two outfits of train and item 3 in one; set 204 of test wears both."""
    tasks = tasks_of(data)
    scorer = PopularityScorer(item_counts(data.parts["train"], tasks))
    scores = score_questions(scorer, tasks)
    # 1 and 3: four alike. 2: the fourth answer is item 3, the right one is unknown.
    np.testing.assert_allclose(scores[1], [0, 0, 0, 1])
    credit = fitb_credit(scores, np.array([q.right for q in tasks.questions]))
    np.testing.assert_allclose(credit, [1 / 4, 0, 1 / 4])
    # Items 22, 1, 3: (2 + 1 + 3) / 3; all other lines 0. That line wins twice, the rest ties.
    np.testing.assert_allclose(score_lines(scorer, tasks), [0, 0, 0, 2, 0, 0])
    labels = np.array([line.label for line in tasks.lines])
    assert roc_auc(score_lines(scorer, tasks), labels)[0] == pytest.approx((2 + 6 / 2) / 8)


def test_all_figures_together(data):
    tasks = tasks_of(data)
    scorers = {
        "popularity": PopularityScorer(item_counts(data.parts["train"], tasks)),
        "similarity": SimilarityScorer(colour_vectors(tasks.items)),
    }
    result = measure(scorers, tasks, resamples=4000, seed=1)
    figures = result["figures"]
    assert figures["FITB"]["similarity"]["value"] == 0.5
    assert figures["AUC"]["similarity"]["value"] == 0.75
    assert figures["R@10"]["similarity"]["value"] == 1
    assert figures["FITB"]["popularity"]["value"] == pytest.approx(1 / 6, abs=1e-4)
    gain = result["gains"]["FITB"]["popularity"]
    # Question by question: 3/4, 0, 1/4. One drawn three times (1 of 27) makes the ends.
    assert gain["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert (gain["low"], gain["high"]) == (0, 0.75)
    assert gain["holm"] >= gain["p"]


def test_items_that_cannot_be_scored_take_their_tasks_with_them(data):
    part = data.parts["test"]
    shelves = galleries(data, "test", part.questions, 7)
    usable = data.items.keys() - {"16", "5"}
    tasks = make_tasks(data, part, shelves, usable)
    # Item 16 is the second question's answer and in the second line; 5 is in the gallery alone.
    assert (len(tasks.questions), len(tasks.lines)) == (2, 5)
    assert len(tasks.galleries["12"]) == 6


def test_galleries_take_answers_first_and_are_filled_from_train(data):
    part = data.parts["test"]
    for seed in range(5):
        shelf = galleries(data, "test", part.questions, 4, seed)["12"]
        assert len(shelf) == 4
        assert {"12", "18"} <= set(shelf) <= {"12", "15", "18", "20", "22"}
    assert set(galleries(data, "test", part.questions, 6)["12"]) & {"2", "5"}
    assert galleries(data, "test", part.questions, 8) == {}


def test_category_pairs_are_blind_to_well_drawn_distractors(data):
    tasks = tasks_of(data)
    outfits = [[data.items[i].category for i in o.items] for o in data.parts["train"].outfits]
    scorer = CategoryScorer([item.category for item in tasks.items], outfits)
    scores = score_questions(scorer, tasks)
    np.testing.assert_allclose(fitb_credit(scores, np.array([1, 2, 1])), [1 / 4] * 3)


def test_a_distractor_of_another_category_raises_the_alarm(tmp_path):
    """Top and bottom meet in train, top and top never: the broken question is won by categories."""
    world = World()
    asked, position, _, _ = world.questions[0]
    world.questions = [[["200_1"], position, ["201_1", "200_2", "202_1", "203_1"], 1]] * 3
    world.lines = [(1, asked)] * 20 + [(0, ["200_1", "203_2"])] * 20
    data = read_outfit_data(write_polyvore_outfits(tmp_path, world), "polyvore", "disjoint")
    found = leak_alarms(data, "test", tasks_of(data), 100, 1)
    assert found["figures"]["category pairs, FITB"]["value"] == 1
    assert any("category pairs read FITB 1.000, not 0.250" in text for text in found["alarms"])


def test_popular_positives_raise_the_alarm(tmp_path):
    """Items 13 and 11 are worn twice in test, those of the incompatible lines once."""
    world = World()
    world.outfits["test"]["205"] = {"1": 11, "2": 13}
    world.lines = [(1, ["200_1", "200_5"])] * 30 + [(0, ["201_1", "203_3"])] * 30
    data = read_outfit_data(write_polyvore_outfits(tmp_path, world), "polyvore", "disjoint")
    found = leak_alarms(data, "test", tasks_of(data), 100, 1)
    assert found["figures"]["popularity by outfit, AUC"]["value"] == 1
    assert found["figures"]["popularity by edge, AUC"]["value"] == 1
    assert len([text for text in found["alarms"] if "popularity" in text]) == 2


def test_random_scores_are_even_and_repeatable():
    first, second = (grid.ravel() for grid in np.mgrid[:200, :200])
    scores = RandomScorer(1).pairs(first, second)
    np.testing.assert_array_equal(scores, RandomScorer(1).pairs(first, second))
    assert (scores != RandomScorer(2).pairs(first, second)).mean() > 0.99
    assert scores.mean() == pytest.approx(0.5, abs=0.01)
    assert np.quantile(scores, [0.1, 0.9]) == pytest.approx([0.1, 0.9], abs=0.01)


def test_a_gallery_scores_the_sums_of_its_pairs():
    rng = np.random.default_rng(0)
    questions, gallery = [np.array([3, 5]), np.array([1])], np.arange(4, 9)
    scorers = [
        RandomScorer(1),
        PopularityScorer(rng.integers(0, 9, 10)),
        SimilarityScorer(rng.normal(size=(10, 4))),
    ]
    for scorer in scorers:
        sums = [
            sum(scorer.pairs(np.full(5, row), gallery) for row in question)
            for question in questions
        ]
        np.testing.assert_allclose(scorer.against(questions, gallery), sums)


def test_ranks_do_not_depend_on_the_block(data, monkeypatch):
    tasks = tasks_of(data)
    scorer = SimilarityScorer(colour_vectors(tasks.items))
    whole = rank_galleries(scorer, tasks)
    monkeypatch.setattr(outfit_protocol, "BLOCK", 1)
    assert rank_galleries(scorer, tasks).tied.tolist() == whole.tied.tolist()
