from dataclasses import replace

import numpy as np
import pytest

from armoire.data.augment import AugmentConfig
from armoire.data.coco import read_coco
from armoire.data.loader import (
    PhotoCache,
    TrainingPhotos,
    batches,
    collate,
    rare_categories,
    repeat_factors,
)
from armoire.photo import MEAN


def test_a_photo_that_cannot_be_decoded_is_named_once_and_left_out(coco_root, caplog):
    samples = read_coco(coco_root, "train")
    samples[0].path.write_bytes(b"not a picture")
    photos = TrainingPhotos(PhotoCache(samples, 128), AugmentConfig(long_side=96), 1)
    assert photos[(0, 0)] is None and photos[(0, 1)] is None
    assert caplog.text.count("00001.png") == 1
    images, targets = collate([photos[(0, 0)], photos[(1, 1)]])
    assert len(images) == len(targets) == 1
    assert collate([None]) is None


def test_shop_garments_are_pasted_on_street_photos_and_hide_what_is_under_them(coco_root):
    samples = read_coco(coco_root, "train")
    config = AugmentConfig(
        long_side=128,
        scale_range=(1, 1),
        rotation_degrees=0,
        rare_noise_std=0,
        colour_jitter=0,
        blur_prob=0,
    )
    pasted, plain = (
        TrainingPhotos(PhotoCache(samples, 128), replace(config, copy_paste_prob=chance), 1)
        for chance in (1.0, 0.0)
    )
    assert [samples[i].source for i in pasted.paste_sources] == ["shop"] * 6
    joined, hidden = 0, 0
    for draw in range(40):
        # Photo 0 is a street's: a top (1) above trousers (8). Only shop photos have skirts (9).
        _, with_skirt = pasted[(0, draw)]
        _, without = plain[(0, draw)]
        assert without["labels"].tolist() == [1, 8]
        if 9 not in with_skirt["labels"]:
            continue
        joined += 1
        areas = {
            label: mini.sum()
            for label, mini in zip(*(with_skirt[k] for k in ("labels", "minis")), strict=True)
        }
        whole = {
            label: mini.sum()
            for label, mini in zip(*(without[k] for k in ("labels", "minis")), strict=True)
        }
        hidden += any(areas[label] < whole[label] for label in areas if label in whole)
    assert joined > 10 and hidden > 3


def test_targets_say_what_to_learn_from_after_resizing_and_pasting(coco_root):
    samples = read_coco(coco_root, "train")
    samples[0].garments[1].masked = samples[0].garments[1].boxed = False
    config = AugmentConfig(
        long_side=128, scale_range=(1, 1), rotation_degrees=0, copy_paste_prob=1.0
    )
    photos = TrainingPhotos(PhotoCache(samples, 96), config, 1)
    for draw in range(10):
        _, targets = photos[(0, draw)]
        known = dict(zip(targets["labels"].tolist(), targets["masked"].tolist(), strict=True))
        assert known.pop(8, False) is False and all(known.values())
        assert targets["boxed"].tolist() == targets["masked"].tolist()


def test_garments_without_a_good_outline_are_not_pasted(coco_root):
    samples = read_coco(coco_root, "train")
    samples[1].garments[0].masked = False
    photos = TrainingPhotos(PhotoCache(samples, 96), AugmentConfig(long_side=96), 1)
    assert 1 not in photos.paste_sources and len(photos.paste_sources) == 5


def test_a_filled_cache_reads_no_file_again(coco_root):
    samples = read_coco(coco_root, "train")
    cache = PhotoCache(samples, 128)
    cache.fill(2)
    for sample in samples:
        sample.path.unlink()
    assert all(cache.get(index) is not None for index in range(len(samples)))


def test_a_draw_is_the_same_every_time(coco_root):
    samples = read_coco(coco_root, "train")
    photos = [
        TrainingPhotos(PhotoCache(samples, 128), AugmentConfig(long_side=96), 1) for _ in "ab"
    ]
    (one, targets), (two, again) = photos[0][(3, 9)], photos[1][(3, 9)]
    assert (one == two).all()
    assert (targets["boxes"] == again["boxes"]).all()
    assert (photos[0][(3, 10)][0] != one).any()


def test_batches_go_on_where_they_were_left_and_never_mix_shapes():
    weights = np.array([1.0, 2.5, 1.0, 0.5, 1.0, 1.0])
    wide = np.array([True, False, False, True, False, False])
    whole = batches(weights, wide, 2, seed=3)
    taken = [next(whole) for _ in range(40)]
    later = batches(weights, wide, 2, seed=3)
    for _ in range(15):
        next(later)
    assert [next(later) for _ in range(25)] == taken[15:]
    assert all(len({bool(wide[i]) for i, _ in batch}) == 1 for batch in taken)
    drawn = np.bincount([i for batch in taken for i, _ in batch])
    assert drawn[1] > 1.8 * drawn[2]


def test_rare_categories_are_drawn_more_often(coco_root):
    samples = read_coco(coco_root, "train")[:11]
    samples = samples[::2] + samples[1:2]
    factors = repeat_factors(samples, threshold=0.5, max_repeat=4)
    assert factors[0] == 1.0
    assert factors[-1] == pytest.approx((0.5 * 7) ** 0.5)
    assert rare_categories(samples, 0.5) == {9}


def test_photos_without_a_garment_are_drawn_as_often_as_told(coco_root):
    samples = read_coco(coco_root, "train")
    samples[0].garments.clear()
    assert repeat_factors(samples, 0.05, 4, empty_weight=1.5)[0] == 1.5


def test_padding_is_the_mean_colour(coco_root):
    image = np.zeros((40, 30, 3), np.uint8)
    target = {"boxes": np.zeros((0, 4), np.float32)}
    images, _ = collate([(image, target)])
    assert tuple(images.shape) == (1, 64, 32, 3)
    assert images[0, 50, 10].tolist() == list(MEAN)
