import numpy as np

from armoire.evaluation.outfit_metrics import fitb_credit
from armoire.outfits.ablations import SetJudge, fit_pairs, fit_sets, pair_scores
from armoire.outfits.fitting import FitConfig, Sampler, fit, ordered_pairs
from armoire.outfits.judges import PairJudge, model_scores
from armoire.outfits.questions import fill_in_the_blank
from tests.outfits.wardrobes import drawn_wardrobe

QUICK = FitConfig(rank=8, steps=60, batch=32, negatives=8, lr=0.02)


def fitb(wardrobe, looks, judge):
    asked = fill_in_the_blank(wardrobe, looks, draws=3, seed=1)
    scores = np.array([judge.fill(c, k) for c, k in zip(asked.context, asked.choices, strict=True)])
    return fitb_credit(scores, np.zeros(len(scores), int)).mean()


def test_it_learns_what_looks_share_and_nothing_where_they_share_nothing():
    for agreement, low, high in ((1.0, 0.5, 1.0), (0.0, 0.1, 0.4)):
        wardrobe = drawn_wardrobe(120, agreement=agreement)
        looks = wardrobe.looks()
        model = fit(wardrobe, looks[:80], QUICK)
        scores = model_scores(model, wardrobe.vectors[:, 0], wardrobe.categories)
        assert low < fitb(wardrobe, looks[80:], PairJudge(scores)) < high


def test_the_same_seed_gives_the_same_model():
    wardrobe = drawn_wardrobe(20)
    one, two = (fit(wardrobe, wardrobe.looks(), QUICK) for _ in range(2))
    assert np.array_equal(one.shared.detach(), two.shared.detach())


def test_negatives_have_the_targets_category_and_the_view_kept_for_evaluation_is_not_seen():
    wardrobe = drawn_wardrobe(20)
    wardrobe.vectors[:, 1] = np.nan
    sampler = Sampler(wardrobe, wardrobe.looks(), QUICK)
    x, _, y, _, same = sampler.draw()
    assert not x.isnan().any() and not y.isnan().any()
    assert same.shape == (32, 8) and same.any()
    for category in (2, 4, 8):
        pool = sampler.pools[category, : sampler.sizes[category]]
        assert (sampler.categories[pool] == category).all()


def test_pairs_are_taken_in_both_orders():
    assert ordered_pairs([[3, 5, 7]]).tolist() == [[3, 5], [3, 7], [5, 3], [5, 7], [7, 3], [7, 5]]


def test_the_ablations_learn_too():
    wardrobe = drawn_wardrobe(120)
    looks, vectors = wardrobe.looks(), wardrobe.vectors[:, 0]
    pairs = pair_scores(fit_pairs(wardrobe, looks[:80], QUICK), vectors, wardrobe.categories)
    assert np.allclose(pairs, pairs.T, atol=1e-4)
    assert fitb(wardrobe, looks[80:], PairJudge(pairs)) > 0.45
    sets = SetJudge(fit_sets(wardrobe, looks[:80], QUICK), vectors, wardrobe.categories)
    assert fitb(wardrobe, looks[80:], sets) > 0.45
