import numpy as np
import pytest

from armoire.evaluation.outlines import boundary_f, mask_iou


def square(left: int, right: int) -> np.ndarray:
    mask = np.zeros((40, 40), bool)
    mask[10:30, left:right] = True
    return mask


def test_iou_and_outline_of_masks():
    assert mask_iou(square(10, 30), square(10, 20)) == 0.5
    assert boundary_f(square(10, 30), square(10, 30)) == pytest.approx(1)
    # A pixel off is near enough; of one that is ten off, the left side and bits of the rest are.
    assert boundary_f(square(10, 30), square(11, 31)) == pytest.approx(1)
    assert 0.3 < boundary_f(square(10, 30), square(10, 20)) < 0.9
    assert boundary_f(square(10, 30), np.zeros((40, 40), bool)) == 0
