import numpy as np
from pycocotools import mask as rle_tools

from armoire.evaluation.predict import result_rows


def test_masks_are_pasted_into_the_photo():
    found = {
        "boxes": np.float32([[10, 20, 50, 60]]),
        "scores": np.float32([0.9]),
        "labels": np.int64([9]),
        "masks": np.ones((1, 28, 28), np.float32),
    }
    (row,) = result_rows(1, found, (100, 80))
    mask = rle_tools.decode(row["segmentation"])
    assert mask.shape == (100, 80)
    assert mask[21:59, 11:49].all() and mask.sum() <= 42 * 42
