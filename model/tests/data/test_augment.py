from dataclasses import replace

import numpy as np
import pytest

from armoire.data import augment
from armoire.data.augment import AugmentConfig, Augmented
from armoire.data.sample import Garment
from tests.drawings import draw_photo, rectangle


def test_geometry_moves_picture_and_mask_alike():
    photo = draw_photo([(20, 30, 76, 100)])
    polygon = np.float32(rectangle(20, 30, 76, 100)).reshape(-1, 2)
    garment = Garment(9, np.float32([20, 30, 76, 100]), [polygon], 56 * 70)
    config = AugmentConfig(long_side=160, scale_range=(0.7, 1.2))
    for seed in range(5):
        rng = np.random.default_rng(seed)
        matrix, size = augment.random_affine(photo.shape, config, rng, 20)
        picture = augment.warp(photo, [garment], np.zeros((0, 4), np.float32), matrix, size)
        assert picture.image.shape[:2] == picture.masks[0].shape == (160, 120)
        painted = picture.image[..., 0] > 180
        agree = (painted & (picture.masks[0] > 0)).sum() / (picture.masks[0] > 0).sum()
        assert agree > 0.93


def test_far_scales_reach_further_and_older_runs_draw_as_before():
    def scales(config: AugmentConfig) -> np.ndarray:
        rng = np.random.default_rng(1)
        found = [augment.random_affine((100, 80), config, rng, 0)[0] for _ in range(300)]
        return np.array([abs(np.linalg.det(m[:, :2])) ** 0.5 for m in found])

    near = AugmentConfig(long_side=100, scale_range=(0.7, 1.4))
    far = replace(near, far_scale_prob=0.35, far_scale_range=(0.3, 2.0))
    assert scales(near).min() >= 0.7 and scales(near).max() <= 1.4
    beyond = (scales(far) < 0.7) | (scales(far) > 1.4)
    assert scales(far).min() < 0.35 and scales(far).max() > 1.9
    # ln 2 of the ln (2 / .3) that a far scale spans lies inside: .35 × (1 - .365) = .22.
    assert beyond.mean() == pytest.approx(0.22, abs=0.06)
    assert scales(replace(near, far_scale_range=(0.1, 9.0))).tolist() == scales(near).tolist()


def test_a_pasted_garment_hides_what_is_under_it():
    mask = np.zeros((100, 100), np.uint8)
    mask[40:60, 40:60] = 1
    empty = np.zeros((0, 4), np.float32)
    picture = Augmented(np.zeros((100, 100, 3), np.uint8), [mask], [1], [400.0], empty)
    photo = np.full((50, 50, 3), 255, np.uint8)
    polygon = np.float32(rectangle(5, 5, 45, 45)).reshape(-1, 2)
    garment = Garment(9, np.float32([5, 5, 45, 45]), [polygon], 1600)
    rng = np.random.default_rng(0)
    while len(picture.masks) < 3:
        augment.copy_paste(picture, photo, garment, rng)
    below, first, last = picture.masks
    assert not (below & first).any() and not (below & last).any() and not (first & last).any()
    assert (picture.image[last > 0] > 100).mean() > 0.95


def test_targets_are_tight_and_hidden_garments_are_ignored():
    whole = np.zeros((100, 80), np.uint8)
    whole[20:60, 10:50] = 1
    sliver = np.zeros((100, 80), np.uint8)
    sliver[70:80, 0:10] = 1
    ignore = np.float32([[1, 2, 3, 4]])
    picture = Augmented(
        np.zeros((100, 80, 3), np.uint8), [whole, sliver], [4, 8], [1600.0, 2000.0], ignore
    )
    targets = augment.to_targets(picture)
    assert targets["boxes"].tolist() == [[10, 20, 50, 60]]
    assert targets["labels"].tolist() == [4]
    assert targets["minis"].shape == (1, 56, 56) and targets["minis"].all()
    assert targets["ignore"].tolist() == [[1, 2, 3, 4], [0, 70, 10, 80]]
