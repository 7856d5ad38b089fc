from dataclasses import replace

import cv2
import numpy as np
import pytest

from armoire.data import augment
from armoire.data.augment import AugmentConfig, Picture
from armoire.data.coco import category_order, read_coco
from armoire.data.deepfashion2 import image_size, read_deepfashion2
from armoire.data.loader import (
    PhotoCache,
    TrainingPhotos,
    batches,
    collate,
    rare_categories,
    repeat_factors,
)
from armoire.data.sample import Garment, decode_rle
from armoire.data.sources import cap_categories, in_dev
from armoire.photo import MEAN
from tests.drawings import coco_annotation, draw_photo, rectangle, write_coco


def test_coco_reader_gives_garments_in_photo_pixels(coco_root):
    samples = read_coco(coco_root, "train")
    assert len(samples) == 12
    first = samples[0]
    assert [g.category for g in first.garments] == [1, 8]
    assert first.garments[0].box.tolist() == [24, 10, 72, 56]
    assert first.garments[0].polygons[0].tolist()[2] == [72, 56]


def test_broken_annotations_are_named_and_skipped(tmp_path, caplog):
    image = {"id": 1, "file_name": "a.png", "width": 96, "height": 128}
    good = coco_annotation(1, 1, 9, (20, 30, 76, 100))
    empty = coco_annotation(2, 1, 9, (20, 30, 20, 100))
    bare = coco_annotation(3, 1, 9, (20, 30, 76, 100), segmentation=[[1, 2]])
    write_coco(tmp_path, [image, {"id": 2}], [good, empty, bare])
    samples = read_coco(tmp_path, "train")
    assert len(samples) == 1
    assert [g.identifier for g in samples[0].garments] == [1]
    assert "annotation 2" in caplog.text and "annotation 3" in caplog.text
    assert "image 2" in caplog.text


def test_ignore_regions_are_read_once_although_repeated_as_crowds(tmp_path):
    mask = np.zeros((128, 96), np.uint8)
    mask[10:30, 5:25] = 1
    runs = [5 * 128 + 10, *([20, 108] * 19), 20]
    region = {"counts": [*runs, 128 * 96 - sum(runs)], "size": [128, 96]}
    assert (decode_rle(region) == mask).all()
    image = {"id": 1, "file_name": "a.png", "width": 96, "height": 128}
    crowd = coco_annotation(1, 1, 1, (5, 10, 25, 30), iscrowd=1, segmentation=region)
    write_coco(tmp_path, [image | {"ignore_regions": [region]}], [crowd, crowd | {"id": 2}])
    write_coco(tmp_path, [image], [crowd], "val")
    for split in ("train", "val"):
        (sample,) = read_coco(tmp_path, split)
        assert sample.garments == []
        assert sample.ignore.tolist() == [[5, 10, 25, 30]]
        assert len(sample.regions) == 1


def test_category_ids_with_gaps_become_a_row():
    ours = [{"id": 40, "name": "skirt"}, {"id": 3, "name": "vest"}]
    others = [{"id": 90, "name": "toothbrush"}, {"id": 1, "name": "person"}]
    assert category_order(ours) == {40: 9, 3: 5}
    assert category_order(others) == {1: 1, 90: 2}
    assert category_order([]) == {}


def test_deepfashion2_reader(deepfashion2_root, caplog):
    samples = read_deepfashion2(deepfashion2_root, "train")
    assert [s.identifier for s in samples] == [1, 2]
    garment = samples[0].garments[0]
    assert (garment.category, garment.area) == (9, 56 * 70)
    assert garment.extra["pair_id"] == 7 and garment.extra["style"] == 1
    assert len(samples[1].garments) == 1
    assert "000003.jpg" in caplog.text and "item2" in caplog.text


def test_deepfashion2_test_folder_has_no_annotations(deepfashion2_root):
    (sample,) = read_deepfashion2(deepfashion2_root, "test")
    assert sample.garments == [] and (sample.width, sample.height) == (96, 128)


def test_image_size_reads_headers_only(tmp_path):
    for quality in (20, 95):
        path = tmp_path / f"{quality}.jpg"
        cv2.imwrite(str(path), draw_photo([]), [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert image_size(path) == (96, 128)
    (tmp_path / "no.jpg").write_bytes(b"not a picture")
    with pytest.raises(ValueError, match="not a JPEG"):
        image_size(tmp_path / "no.jpg")


def test_a_photo_that_cannot_be_decoded_is_named_once_and_left_out(coco_root, caplog):
    samples = read_coco(coco_root, "train")
    samples[0].path.write_bytes(b"not a picture")
    photos = TrainingPhotos(PhotoCache(samples, 128), AugmentConfig(side=96), 1)
    assert photos[(0, 0)] is None and photos[(0, 1)] is None
    assert caplog.text.count("00001.png") == 1
    images, targets = collate([photos[(0, 0)], photos[(1, 1)]])
    assert len(images) == len(targets) == 1
    assert collate([None]) is None


def test_shop_garments_are_pasted_on_street_photos_and_hide_what_is_under_them(coco_root):
    samples = read_coco(coco_root, "train")
    config = AugmentConfig(side=128, zoom=(1, 1), rotation=0, rare_noise=0, colour=0, blur=0)
    pasted, plain = (
        TrainingPhotos(PhotoCache(samples, 128), replace(config, paste=chance), 1)
        for chance in (1.0, 0.0)
    )
    assert [samples[i].source for i in pasted.pastable] == ["shop"] * 6
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


def test_a_filled_cache_reads_no_file_again(coco_root):
    samples = read_coco(coco_root, "train")
    cache = PhotoCache(samples, 128)
    cache.fill(2)
    for sample in samples:
        sample.path.unlink()
    assert all(cache.get(index) is not None for index in range(len(samples)))


def test_a_draw_is_the_same_every_time(coco_root):
    samples = read_coco(coco_root, "train")
    photos = [TrainingPhotos(PhotoCache(samples, 128), AugmentConfig(side=96), 1) for _ in "ab"]
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
    factors = repeat_factors(samples, threshold=0.5, most=4)
    assert factors[0] == 1.0
    assert factors[-1] == pytest.approx((0.5 * 7) ** 0.5)
    assert rare_categories(samples, 0.5) == {9}


def test_cap_keeps_photos_while_one_of_their_categories_is_wanted(coco_root):
    samples = read_coco(coco_root, "train")
    kept = cap_categories(samples, 2, seed=1)
    counts = np.bincount([g.category for s in kept for g in s.garments], minlength=14)
    assert counts[1] == counts[8] == counts[9] == 2
    assert cap_categories(samples, 0, seed=1) is samples


def test_the_dev_part_depends_on_names_only(coco_root):
    samples = read_coco(coco_root, "train")
    assert not any(in_dev(s, 0.0) for s in samples)
    assert all(in_dev(s, 1.0) for s in samples)
    assert [in_dev(s, 0.3) for s in samples] == [in_dev(s, 0.3) for s in samples]


def test_geometry_moves_picture_and_mask_alike():
    photo = draw_photo([(20, 30, 76, 100)])
    polygon = np.float32(rectangle(20, 30, 76, 100)).reshape(-1, 2)
    garment = Garment(9, np.float32([20, 30, 76, 100]), [polygon], 56 * 70)
    config = AugmentConfig(side=160, zoom=(0.7, 1.2))
    for seed in range(5):
        rng = np.random.default_rng(seed)
        matrix, size = augment.place_matrix(photo.shape, config, rng, 20)
        picture = augment.place(photo, [garment], np.zeros((0, 4), np.float32), matrix, size)
        assert picture.image.shape[:2] == picture.masks[0].shape == (160, 120)
        painted = picture.image[..., 0] > 180
        agree = (painted & (picture.masks[0] > 0)).sum() / (picture.masks[0] > 0).sum()
        assert agree > 0.93


def test_a_pasted_garment_hides_what_is_under_it():
    mask = np.zeros((100, 100), np.uint8)
    mask[40:60, 40:60] = 1
    empty = np.zeros((0, 4), np.float32)
    picture = Picture(np.zeros((100, 100, 3), np.uint8), [mask], [1], [400.0], empty)
    photo = np.full((50, 50, 3), 255, np.uint8)
    polygon = np.float32(rectangle(5, 5, 45, 45)).reshape(-1, 2)
    garment = Garment(9, np.float32([5, 5, 45, 45]), [polygon], 1600)
    rng = np.random.default_rng(0)
    while len(picture.masks) < 3:
        augment.paste(picture, photo, garment, rng)
    below, first, last = picture.masks
    assert not (below & first).any() and not (below & last).any() and not (first & last).any()
    assert (picture.image[last > 0] > 100).mean() > 0.95


def test_targets_are_tight_and_hidden_garments_are_ignored():
    whole = np.zeros((100, 80), np.uint8)
    whole[20:60, 10:50] = 1
    sliver = np.zeros((100, 80), np.uint8)
    sliver[70:80, 0:10] = 1
    ignore = np.float32([[1, 2, 3, 4]])
    picture = Picture(
        np.zeros((100, 80, 3), np.uint8), [whole, sliver], [4, 8], [1600.0, 2000.0], ignore
    )
    targets = augment.to_targets(picture)
    assert targets["boxes"].tolist() == [[10, 20, 50, 60]]
    assert targets["labels"].tolist() == [4]
    assert targets["minis"].shape == (1, 56, 56) and targets["minis"].all()
    assert targets["ignore"].tolist() == [[1, 2, 3, 4], [0, 70, 10, 80]]


def test_padding_is_the_mean_colour(coco_root):
    image = np.zeros((40, 30, 3), np.uint8)
    target = {"boxes": np.zeros((0, 4), np.float32)}
    images, _ = collate([(image, target)])
    assert tuple(images.shape) == (1, 64, 32, 3)
    assert images[0, 50, 10].tolist() == list(MEAN)
