import math

import numpy as np
import pytest
import torch

from armoire.data.landmarks import COUNTS, from_channels, landmarks_of, move_landmarks, to_channels
from armoire.evaluation.landmarks import SIGMAS
from armoire.landmarks import CHANNELS, CHANNELS_OF, MIRRORED
from armoire.modeling.landmarks import SIDE, find_landmarks, landmark_loss


def test_every_landmark_has_a_channel_of_its_own_within_its_category():
    assert [len(set(CHANNELS_OF[c])) for c in range(1, 14)] == list(COUNTS)
    assert len(CHANNELS) < sum(COUNTS) / 3
    assert set(CHANNELS_OF[7]) & set(CHANNELS_OF[8]) and set(CHANNELS_OF[1]) & set(CHANNELS_OF[13])


def test_mirrored_landmarks_have_the_same_constant_but_for_one_pair():
    unlike = []
    for category in range(1, 14):
        channels, sigmas = CHANNELS_OF[category], SIGMAS[landmarks_of(category)]
        for i, channel in enumerate(channels):
            j = channels.index(MIRRORED[channel])
            if sigmas[i] != sigmas[j]:
                unlike.append((category, i, j))
    assert unlike == [(11, 14, 28), (11, 28, 14)]


def test_a_mirror_swaps_left_and_right_and_drops_what_leaves_the_image():
    skirt = np.zeros((8, 3), np.float32)
    skirt[:3] = [[10, 5, 2], [20, 5, 1], [30, 5, 2]]
    flip = np.float64([[-1, 0, 25], [0, 1, 0]])
    moved = from_channels(move_landmarks(to_channels(skirt, 9), flip, (40, 40)), 9)
    # The right end of the waist leaves at -5; the left one is the right one now.
    assert moved[:3].tolist() == [[0, 0, 0], [5, 5, 1], [15, 5, 2]]
    assert not moved[3:].any()


def one_hot(cells: dict[tuple[int, int], float]) -> torch.Tensor:
    """Logits [1, 1, SIDE, SIDE] whose softmax is `cells` by row and column."""
    p = torch.full((1, 1, SIDE, SIDE), 1e-12)
    for (row, column), share in cells.items():
        p[0, 0, row, column] = share
    return p.log()


BOX = torch.tensor([[100.0, 200.0, 100 + 2 * SIDE, 200 + 4 * SIDE]])


def test_a_landmark_is_found_between_cells():
    found = find_landmarks(one_hot({(3, 7): 0.75, (3, 8): 0.25}), BOX)
    # Column 7.25 and row 3, in cells of 2 x 4 pixels.
    assert found[0, 0].tolist() == pytest.approx([100 + 7.75 * 2, 200 + 3.5 * 4, 1], abs=1e-3)


def test_the_loss_is_as_computed_by_hand():
    logits = one_hot({(3, 7): 0.5, (3, 8): 0.25, (20, 20): 0.25})
    place = torch.tensor([[[100 + 7.75 * 2, 200 + 3.5 * 4, 2.0]]])
    expected = -(0.75 * math.log(0.5) + 0.25 * math.log(0.25))
    assert landmark_loss(logits, place, BOX).item() == pytest.approx(expected, abs=1e-5)
    hidden, outside = place.clone(), place.clone()
    hidden[..., 2], outside[..., 0] = 0, 99
    assert landmark_loss(logits, hidden, BOX).item() == 0
    assert landmark_loss(logits, outside, BOX).item() == 0
