import numpy as np

from armoire.data.masks import paste_mask


def test_pasted_masks_agree_with_a_slow_reference():
    rng = np.random.default_rng(1)
    mini = rng.random((28, 28)).astype(np.float32)
    box = (3.3, 5.7, 31.9, 44.2)
    pasted = paste_mask(mini, box, 50, 40)
    for y, x in [(6, 4), (20, 15), (43, 31), (30, 9), (2, 2), (49, 39)]:
        u = (x + 0.5 - box[0]) / (box[2] - box[0]) * 28 - 0.5
        v = (y + 0.5 - box[1]) / (box[3] - box[1]) * 28 - 0.5
        value = 0.0
        for j in (int(np.floor(v)), int(np.floor(v)) + 1):
            for i in (int(np.floor(u)), int(np.floor(u)) + 1):
                if 0 <= i < 28 and 0 <= j < 28:
                    value += mini[j, i] * max(0, 1 - abs(u - i)) * max(0, 1 - abs(v - j))
        if abs(value - 0.5) > 0.02:
            assert pasted[y, x] == (value >= 0.5)
