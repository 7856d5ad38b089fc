import numpy as np

from armoire.data.rough import (
    bounds_of,
    crop_matrix,
    examples_of,
    fine_mask,
    own_cells,
    place_cells,
    spoil,
)
from armoire.data.sample import Garment, Sample


def garment(x1, y1, x2, y2, masked=True) -> Garment:
    corners = np.float32([[x1, y1], [x2 - 1, y1], [x2 - 1, y2 - 1], [x1, y2 - 1]])
    return Garment(8, np.float32([x1, y1, x2, y2]), [corners], 1, masked=masked)


def test_each_garment_with_a_good_outline_has_its_own_detection():
    garments = [garment(0, 0, 40, 40), garment(0, 50, 40, 90), garment(60, 0, 99, 9, masked=False)]
    sample = Sample(None, 1, 100, 100, "user", garments, np.zeros((0, 4), np.float32))
    found = {
        "boxes": np.float32([[0, 0, 40, 44], [60, 60, 99, 99]]),
        "scores": np.float32([0.9, 0.8]),
        "masks": np.ones((2, 28, 28), np.float16),
    }
    first, second = examples_of(sample, found, 0.5)
    assert first.box.tolist() == [0, 0, 40, 44] and len(first.others) == 1
    assert second.box is None and len(second.others) == 2
    assert examples_of(sample, found, 0.85)[0].others == []


def test_cells_and_outline_lie_on_each_other_in_the_crop():
    one = garment(30, 20, 70, 90)
    cells = own_cells(one, one.box)
    assert cells.min() > 0.8
    matrix, size = crop_matrix(bounds_of(cells, one.box), (120, 100), 256, 0.1)
    # 40 × 70 pixels with a margin of 7 on every side, no more than doubled.
    assert size == (108, 168)
    rough = place_cells(cells, one.box, matrix, size) >= 0.5
    fine = fine_mask(one, (120, 100), matrix, size) >= 128
    assert np.argwhere(fine).min(0).tolist() == [14, 14]
    assert np.argwhere(fine).max(0).tolist() == [153, 93]
    assert (rough != fine).sum() < 0.03 * fine.sum()


def test_a_crop_ends_at_the_photos_edge():
    _, size = crop_matrix(np.float32([0, 0, 100, 50]), (60, 100), 200, 0.1)
    assert size == (200, 120)


def test_a_mask_is_spoiled_but_stays_one():
    box = np.float32([10, 10, 60, 110])
    cells = np.zeros((28, 28), np.float32)
    cells[4:24, 4:24] = 1
    rng = np.random.default_rng(0)
    moved, spoiled = spoil(box, cells, rng, 1.0)
    assert 0 < np.abs(moved - box).max() < 12
    assert spoiled.min() >= 0 and spoiled.max() <= 1
    changed = ((spoiled >= 0.5) != (cells >= 0.5)).mean()
    assert 0 < changed < 0.4
    assert np.array_equal(cells[4:24, 4:24], np.ones((20, 20)))
