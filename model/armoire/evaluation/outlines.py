"""How near an outline comes to the labelled one."""

import cv2
import numpy as np

# Pixels by which an outline may be off on a crop of 256: 3 on one of 512.
TOLERANCE = 1.5


def mask_iou(a: np.ndarray, b: np.ndarray) -> float:
    """IoU of two masks bool [H, W]; 0 if both are empty."""
    return float((a & b).sum() / max(1, (a | b).sum()))


def boundary_f(a: np.ndarray, b: np.ndarray, tolerance: float = TOLERANCE) -> float:
    """F-score of the outlines of masks bool [H, W]: shares within `tolerance` pixels of the other.

    0 if either mask is empty.
    """
    if not a.any() or not b.any():
        return 0.0
    rims = [rim_of(mask) for mask in (a, b)]
    far = [cv2.distanceTransform(np.uint8(~rim), cv2.DIST_L2, 5) for rim in rims]
    precision = float((far[1][rims[0]] <= tolerance).mean())
    recall = float((far[0][rims[1]] <= tolerance).mean())
    return 2 * precision * recall / max(1e-9, precision + recall)


def rim_of(mask: np.ndarray) -> np.ndarray:
    """The pixels of a mask that touch its outside, which begins at the picture's edge."""
    inner = cv2.erode(np.uint8(mask), np.ones((3, 3), np.uint8), borderValue=0)
    return mask & (inner == 0)
