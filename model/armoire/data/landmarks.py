"""DeepFashion2's 294 landmarks: each category has its own, and a row of results holds all of them.

A garment's own landmarks are float32 [K, 3]: x and y in pixels of the photo, and a visibility of 2
(visible), 1 (occluded) or 0 (not labelled).
"""

import numpy as np

# Landmarks of the categories, in their order (Ge et al., DeepFashion2, CVPR 2019).
COUNTS = (25, 33, 31, 39, 15, 15, 10, 14, 8, 29, 37, 19, 19)
TOTAL = sum(COUNTS)
_STARTS = np.concatenate([[0], np.cumsum(COUNTS)])


def landmarks_of(category: int) -> slice:
    """Where the landmarks of a category (1–13) are among all of them."""
    return slice(int(_STARTS[category - 1]), int(_STARTS[category]))


def read_landmarks(values: list[float], category: int) -> np.ndarray:
    """The landmarks [K, 3] of an annotation's flat list; ValueError if the category has others."""
    landmarks = np.asarray(values, np.float32).reshape(-1, 3)
    if len(landmarks) != COUNTS[category - 1]:
        raise ValueError(
            f"{len(landmarks)} landmarks, but category {category} has {COUNTS[category - 1]}"
        )
    if not np.isin(landmarks[:, 2], (0, 1, 2)).all():
        raise ValueError("a visibility other than 0, 1 and 2")
    return landmarks


def to_keypoints(landmarks: np.ndarray, category: int) -> list[float]:
    """A category's landmarks [K, 3] at their place among all 294, as COCO has key points: flat."""
    keypoints = np.zeros((TOTAL, 3), np.float64)
    keypoints[landmarks_of(category)] = landmarks
    return keypoints.ravel().tolist()
