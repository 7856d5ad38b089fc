import math

import numpy as np
import pytest

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.landmarks import COUNTS, TOTAL, landmarks_of, read_landmarks, to_keypoints
from armoire.evaluation.landmarks import SIGMAS, evaluate_landmarks, summarize_landmarks

# The skirt of both photos: a box of 56 x 70, three labelled landmarks of eight.
AREA = 56 * 70
SIGMA = 0.0253


@pytest.fixture
def samples(deepfashion2_root):
    return read_deepfashion2(deepfashion2_root, "train")


def found(photo, first_x=20.0, score=0.9, category=9):
    """A detection: the skirt's landmarks, the first of them at another place."""
    landmarks = np.zeros((COUNTS[category - 1], 3))
    landmarks[:3] = [[first_x, 30, 0], [48, 30, 0], [76, 30, 0]]
    return {
        "image_id": photo,
        "category_id": category,
        "keypoints": to_keypoints(landmarks, category),
        "score": score,
    }


def test_every_landmark_has_a_place_and_a_sigma():
    assert (TOTAL, len(SIGMAS)) == (294, 294)
    assert landmarks_of(1) == slice(0, 25) and landmarks_of(13) == slice(275, 294)
    assert landmarks_of(9) == slice(182, 190)
    assert SIGMAS[0] == 0.012 and SIGMAS[182] == SIGMA and SIGMAS[-1] == 0.0173


def test_similarity_is_as_computed_by_hand(samples):
    run = evaluate_landmarks(samples, [found(1, first_x=23.0)])
    moved = math.exp(-(3**2) / (2 * AREA * (2 * SIGMA) ** 2))
    assert run.ious[1, 9] == pytest.approx(np.array([[(moved + 2) / 3]]))
    assert moved == pytest.approx(0.63868, abs=1e-5)


def test_ap_is_as_computed_by_hand(samples):
    # Two landmarks of the second's three are right, so that it counts up to .65. From .7 on, recall
    # ends at a half, and 51 of COCO's 101 recalls have a precision of one.
    rows = [found(1), found(2, first_x=2000.0, score=0.8)]
    result = summarize_landmarks(samples, rows)
    assert result["ap"] == pytest.approx((4 + 6 * 51 / 101) / 10, abs=1e-4)
    assert (result["ap50"], result["ap75"]) == (1, pytest.approx(51 / 101, abs=1e-4))
    assert result["by_category"] == {"skirt": result["ap"]}
    assert result["garments"] == 2


def test_other_categories_and_nothing_score_zero(samples):
    assert summarize_landmarks(samples, [found(1, category=8), found(2, category=8)])["ap"] == 0
    assert summarize_landmarks(samples, [])["ap"] == 0


def test_a_garment_without_landmarks_is_neither_right_nor_wrong(samples):
    del samples[1].garments[0].extra["landmarks"]
    rows = [found(2, score=0.95), found(1)]
    result = summarize_landmarks(samples, rows)
    assert (result["garments"], result["ap"]) == (1, pytest.approx(1, abs=1e-3))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"image_id": 9}, "row 0 is of photo 9"),
        ({"category_id": 14}, "row 0 has category_id 14"),
        ({"keypoints": [1, 2, 3]}, "row 0 has 3 numbers in keypoints, not 882"),
    ],
)
def test_rows_of_another_format_are_refused(samples, change, said):
    with pytest.raises(ValueError, match=said):
        summarize_landmarks(samples, [found(1) | change])


def test_a_visibility_is_0_1_or_2():
    with pytest.raises(ValueError, match="visibility"):
        read_landmarks([0, 0, 3] * 8, 9)
