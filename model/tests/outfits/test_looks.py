import cv2
import numpy as np
import pytest

from armoire.outfits import wardrobe as wardrobes
from armoire.outfits.looks import masks_of, street_samples
from armoire.outfits.repeats import outfit_groups
from armoire.outfits.wardrobe import Wardrobe, read_items, read_wardrobe
from tests.drawings import coco_annotation, draw_photo, write_coco
from tests.outfits.wardrobes import drawn_wardrobe

TOP, TROUSERS, BEHIND = (20, 10, 72, 62), (28, 56, 68, 120), (2, 2, 16, 50)


@pytest.fixture
def root(tmp_path):
    """Two street photos: a person's top over trousers, which overlap, and someone behind."""
    root = tmp_path / "set"
    (root / "images").mkdir(parents=True)
    images, annotations = [], []
    for number in (1, 2):
        name = f"{number}.png"
        cv2.imwrite(str(root / "images" / name), draw_photo([TOP, TROUSERS, BEHIND], seed=number))
        size = {"width": 96, "height": 128}
        images.append({"id": number, "file_name": name, "source": "user", **size})
        extras = ({}, {"mask": "none"} if number == 2 else {}, {"wearer": "other"})
        for box, category, extra in zip((TOP, TROUSERS, BEHIND), (1, 8, 1), extras, strict=True):
            row = coco_annotation(len(annotations) + 1, number, category, box, **extra)
            annotations.append(row | {"colour": "blue"})
    for split in ("train", "more", "val"):
        write_coco(root, images, annotations, split)
    return root


def test_garments_of_people_behind_are_left_out(root):
    samples = street_samples(root, "train")
    assert [[g.category for g in s.garments] for s in samples] == [[1, 8], [1, 8]]


def test_a_pixel_that_two_garments_claim_belongs_to_neither(root):
    top, trousers = masks_of(street_samples(root, "train")[0], (96, 128), None)
    assert not (top & trousers).any()
    assert top[20, 40] and trousers[100, 40] and not top[59, 40] and not trousers[59, 40]


def test_without_an_outline_the_parsers_mask_is_taken_or_none(root):
    sample = street_samples(root, "train")[1]
    assert masks_of(sample, (96, 128), None)[1] is None
    mask = np.zeros((128, 96), np.uint8)
    mask[70:118, 30:60] = 1
    found = {"labels": np.array([8]), "boxes": np.float32([[29, 60, 66, 119]]), "masks": [mask]}
    assert np.array_equal(masks_of(sample, (96, 128), found)[1], mask)
    found["boxes"] = np.float32([[2, 2, 30, 40]])
    assert masks_of(sample, (96, 128), found)[1] is None


def test_the_wardrobe_is_made_once(root, exported, tmp_path, monkeypatch):
    monkeypatch.setattr(wardrobes, "CACHE", tmp_path / "cache")
    made = read_wardrobe(root, exported[0], retaken=2)
    assert made.vectors.shape[1:] == (4, 256) and made.cameras.shape[1:] == (2, 9)
    assert np.allclose(np.linalg.norm(made.vectors, axis=-1), 1, atol=1e-3)
    assert made.dropped + len(made.pieces) == 12
    assert made.categories[made.looks(("train",))[0]].tolist() == [1, 8]
    monkeypatch.setattr(wardrobes, "_make", None)
    again = read_wardrobe(root, exported[0], retaken=2)
    assert again.pieces == made.pieces and np.array_equal(again.vectors, made.vectors)


def test_items_are_the_shop_photos(coco_root, exported, tmp_path, monkeypatch):
    monkeypatch.setattr(wardrobes, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(wardrobes, "SPLITS", ("train", "val"))
    items = read_items(coco_root, exported[0])
    assert set(items.categories) == {9} and items.vectors.shape[1:] == (1, 256)


def test_the_same_outfit_on_two_photos_is_one_group():
    drawn = drawn_wardrobe(10, views=2)
    looks = drawn.looks()
    assert len(set(outfit_groups(drawn, looks))) == 10
    vectors = drawn.vectors.copy()
    # The first look again, and one garment of the third in the fourth: that is no repeat.
    vectors[looks[6][:2]] = vectors[looks[0][:2]]
    vectors[looks[3][0]] = vectors[looks[2][0]]
    groups = outfit_groups(Wardrobe(drawn.pieces, vectors, drawn.cameras), looks)
    assert groups[6] == groups[0] and len(set(groups)) == 9
