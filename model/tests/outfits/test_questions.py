import numpy as np
import pytest

from armoire.outfits.benchmark import cross_validate, estimate, folds_of
from armoire.outfits.judges import PairJudge
from armoire.outfits.questions import NUM_CHOICES, fill_in_the_blank, whole_and_broken
from tests.outfits.wardrobes import drawn_wardrobe


@pytest.fixture
def wardrobe():
    return drawn_wardrobe()


def test_distractors_have_the_answers_category_and_come_from_other_photos(wardrobe):
    asked = fill_in_the_blank(wardrobe, wardrobe.looks(), draws=3, seed=1)
    assert asked.choices.shape == (len(asked.context), NUM_CHOICES)
    assert len(asked.choices) == 3 * len(wardrobe.pieces)
    for context, choices in zip(asked.context, asked.choices, strict=True):
        assert len({wardrobe.categories[c] for c in choices}) == 1
        photos = [wardrobe.pieces[c].photo for c in choices]
        assert len(set(photos)) == NUM_CHOICES
        assert {wardrobe.pieces[c].photo for c in context} == {photos[0]}


def test_a_broken_outfit_keeps_categories_and_one_garment(wardrobe):
    outfits = whole_and_broken(wardrobe, wardrobe.looks(), draws=2, seed=1)
    whole = None
    for rows, label in zip(outfits.rows, outfits.labels, strict=True):
        if label:
            whole = rows
        assert list(wardrobe.categories[rows]) == list(wardrobe.categories[whole])
        assert (rows == whole).sum() == (len(rows) if label else 1)


def test_categories_alone_are_at_chance(wardrobe):
    pair = wardrobe.categories[:, None] * 14.0 + wardrobe.categories[None]
    judges = {"categories": lambda view: PairJudge(pair + pair.T)}
    looks = wardrobe.looks()
    exams, tallies = cross_validate(
        wardrobe, looks, np.arange(len(looks)), lambda train: judges, (0,), folds=2
    )
    found = estimate(exams, tallies, 0, resamples=20)
    assert found["FITB"].values["categories"] == pytest.approx(0.25)
    # Outfits of other categories score otherwise, but as many of them are whole as broken.
    assert found["AUC"].values["categories"] == pytest.approx(0.5)


def test_looks_of_a_group_stay_in_one_fold():
    groups = np.random.default_rng(1).integers(0, 40, 200)
    fold = folds_of(groups, 5)
    assert all(len(set(fold[groups == g])) == 1 for g in np.unique(groups))
    assert set(fold) == set(range(5))


def test_a_judge_that_knows_the_style_wins(wardrobe):
    same = (wardrobe.colours[:, None] == wardrobe.colours[None]).astype(float)
    looks = wardrobe.looks()
    judges = {
        "knows": lambda view: PairJudge(same),
        "blind": lambda view: PairJudge(np.zeros_like(same)),
    }
    exams, tallies = cross_validate(
        wardrobe, looks, np.arange(len(looks)), lambda train: judges, (0,), folds=2
    )
    found = estimate(exams, tallies, 0, resamples=200)
    # One of four styles: a distractor shares the answer's in a quarter of cases.
    assert found["FITB"].values["knows"] > 0.6
    assert found["FITB"].difference("knows", "blind").low > 0.2
    assert found["R@10"].values["knows"] > found["R@10"].values["blind"] + 0.2
    assert found["AUC"].values["knows"] > 0.8
