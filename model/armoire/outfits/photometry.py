"""What a crop tells of its camera: white balance, sharpness, noise and compression, no more."""

import cv2
import numpy as np

FEATURES = (
    *("red to green at the edges", "blue to green at the edges", "highlights", "shadows"),
    *("sharpness", "fine to coarse detail", "noise", "blocks across", "blocks down"),
)


def photometry(crop: np.ndarray) -> np.ndarray:
    """A crop uint8 [h, w, 4] at the photo's own size → its camera's traces, float32 [9].

    White balance by the grey-edge assumption (the light's colour is that of the mean gradient);
    sharpness by the Laplacian's variance; noise by its median in flat places; compression by the
    jump across every eighth row and column, at the phase where it is largest.
    """
    inside = cv2.erode((crop[..., 3] > 127).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if inside.sum() < 32:
        inside = crop[..., 3] > 127
    rgb = crop[..., :3].astype(np.float32)
    grey = rgb @ np.float32([0.299, 0.587, 0.114])
    edges = np.abs(cv2.Sobel(rgb, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(rgb, cv2.CV_32F, 0, 1))
    red, green, blue = (edges[inside].mean(0) if inside.any() else np.ones(3)) + 1e-2
    laplacian = np.abs(cv2.Laplacian(grey, cv2.CV_32F))[inside]
    coarse = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    coarse_inside = cv2.resize(inside.astype(np.uint8), coarse.shape[::-1], interpolation=0) > 0
    coarse_laplacian = np.abs(cv2.Laplacian(coarse, cv2.CV_32F))[coarse_inside]
    values = grey[inside]
    flat = np.sort(laplacian)[: max(1, len(laplacian) // 2)]
    return np.float32(
        [
            np.log(red / green),
            np.log(blue / green),
            np.percentile(values, 98) / 255 if len(values) else 1,
            np.percentile(values, 2) / 255 if len(values) else 0,
            np.log(laplacian.var() + 1) if len(laplacian) else 0,
            np.log((laplacian.mean() + 0.1) / (coarse_laplacian.mean() + 0.1))
            if len(laplacian) and len(coarse_laplacian)
            else 0,
            np.log(np.median(flat) + 0.5) if len(flat) else 0,
            blockiness(grey, inside),
            blockiness(grey.T, inside.T),
        ]
    )


def blockiness(grey: np.ndarray, inside: np.ndarray) -> float:
    """Mean jump across the columns of the strongest phase of eight, over that of all columns."""
    if grey.shape[1] < 17:
        return 0.0
    jumps = np.abs(np.diff(grey, axis=1)) * (inside[:, 1:] & inside[:, :-1])
    weight = (inside[:, 1:] & inside[:, :-1]).sum(0) + 1e-3
    by_column = jumps.sum(0)
    phases = [by_column[p::8].sum() / weight[p::8].sum() for p in range(8)]
    return float(np.log((max(phases) + 0.1) / (by_column.sum() / weight.sum() + 0.1)))
