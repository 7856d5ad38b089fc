"""DeepFashion2's 294 landmarks: each category has its own, and a row of results holds all of them.

A garment's own landmarks are float32 [K, 3]: x and y in pixels of the photo, and a visibility of 2
(visible), 1 (occluded) or 0 (not labelled).
"""

import numpy as np

from armoire.landmarks import CHANNELS, CHANNELS_OF, MIRRORED

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


def to_channels(landmarks: np.ndarray, category: int) -> np.ndarray:
    """A category's landmarks [K, 3] on the channels that categories share: float32 [C, 3]."""
    shared = np.zeros((len(CHANNELS), 3), np.float32)
    shared[list(CHANNELS_OF[category])] = landmarks
    return shared


def from_channels(shared: np.ndarray, category: int) -> np.ndarray:
    """What a category has of the channels [C, 3]: its landmarks [K, 3]."""
    return shared[list(CHANNELS_OF[category])]


def move_landmarks(shared: np.ndarray, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Channels [C, 3] moved by a 2×3 matrix, left and right swapped if it mirrors.

    What leaves the image of `size` (width, height) is no longer labelled.
    """
    moved = shared.copy()
    moved[:, :2] = shared[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    inside = ((moved[:, :2] >= 0) & (moved[:, :2] < size)).all(1)
    moved[~inside | (shared[:, 2] == 0)] = 0
    return moved[list(MIRRORED)] if np.linalg.det(matrix[:, :2]) < 0 else moved
