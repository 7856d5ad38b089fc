import numpy as np

from armoire.retrieval import views


def test_crops_are_scaled_to_fit_and_centred():
    crop = np.full((40, 80, 4), 255, np.uint8)
    square = views.to_square(crop, 160)
    alpha = square[..., 3]
    assert alpha[40:120].all() and not alpha[:40].any() and not alpha[120:].any()


def test_views_keep_the_garment():
    crop = np.zeros((120, 90, 4), np.uint8)
    crop[10:110, 10:80] = (200, 30, 30, 255)
    scenery = np.full((64, 64, 3), 90, np.uint8)
    rng = np.random.default_rng(1)
    for _ in range(5):
        seen = views.worn_view(crop, scenery, rng)
        assert (seen[..., 3] > 0).mean() > 0.3
        inside = seen[seen[..., 3] > 0]
        assert np.median(inside[:, 0]) > np.median(inside[:, 1]) + 60
