"""Baselines for the embedder: a colour histogram, and pooled backbone features."""

from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from armoire.modeling.appearance import masked_mean
from armoire.modeling.embedder import Descriptor
from armoire.modeling.onnx_backbone import read_backbone
from armoire.photo import normalise
from armoire.retrieval.embed import Embed

LAB_BINS = (6, 10, 10)


def lab_histogram(crops: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Square roots of joint CIE Lab histograms under the masks of crops [B, S, S, 4] → [B, 600].

    A cosine is then a histogram overlap. Chroma is limited to -64 to 64: few garments exceed it.
    """
    rows = []
    for crop in crops:
        lab = cv2.cvtColor(np.ascontiguousarray(crop[..., :3]), cv2.COLOR_RGB2LAB)
        mask = np.ascontiguousarray(crop[..., 3])
        ranges = [0, 256, 64, 192, 64, 192]
        histogram = cv2.calcHist([lab], [0, 1, 2], mask, list(LAB_BINS), ranges).ravel()
        rows.append(np.sqrt(histogram / max(histogram.sum(), 1)))
    found = np.float32(rows)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


def raw_features(parser: Path) -> Embed:
    """The parser file's C3 and C4 averaged under the mask, without a trained projection."""
    descriptor = Descriptor(read_backbone(parser)).eval()

    @torch.no_grad()
    def embed(crops: np.ndarray, labels: np.ndarray) -> np.ndarray:
        pixels = torch.from_numpy(np.ascontiguousarray(crops))
        mask = (pixels[..., 3:].float() / 255).permute(0, 3, 1, 2)
        c3, c4 = descriptor.features(normalise(pixels[..., :3]) * mask)
        means = [masked_mean(c, F.avg_pool2d(mask, s)) for c, s in ((c3, 8), (c4, 16))]
        return F.normalize(torch.cat([F.normalize(m) for m in means], 1)).numpy()

    return embed
