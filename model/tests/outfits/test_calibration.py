import numpy as np

from armoire.outfits.calibration import calibrate, fit_curve


def drawn(scale, bias, count, seed, positive=0.5):
    """Scores and labels whose log odds at even odds are scale · score + bias."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 1, 4 * count)
    p = 1 / (1 + np.exp(-(scale * scores + bias)))
    labels = (rng.random(len(p)) < p).astype(int)
    kept = np.r_[np.flatnonzero(labels == 1)[: int(count * positive)], np.flatnonzero(labels == 0)]
    return scores[kept], labels[kept]


def test_scale_is_found_and_class_balance_does_not_matter():
    few = fit_curve(*drawn(1.5, 0, 4000, 1, positive=0.2))
    many = fit_curve(*drawn(1.5, 0, 4000, 2, positive=1.0))
    assert abs(few[0] - 1.5) < 0.25 and abs(many[0] - 1.5) < 0.2
    assert abs(few[1] - many[1]) < 0.2


def test_rare_pairs_are_drawn_to_the_overall_curve_and_unseen_ones_have_it():
    often, rare = drawn(2.0, 0, 3000, 3), drawn(0.5, 1, 8, 4)
    scores, labels = (np.concatenate(c) for c in zip(often, rare, strict=True))
    pairs = np.array([[2, 8]] * len(often[0]) + [[8, 4]] * len(rare[0]))
    scale, bias = calibrate(scores, labels, pairs)
    overall = scale[0, 0], bias[0, 0]
    assert np.array_equal(scale, scale.T) and np.array_equal(bias, bias.T)
    assert (scale[5, 9], bias[5, 9]) == overall
    assert abs(scale[4, 8] - overall[0]) < abs(fit_curve(*rare)[0] - overall[0])
    assert (scale > 0).all()
