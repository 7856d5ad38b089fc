"""What turns crops into vectors, to be compared: two plain baselines and exported files."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from armoire.deploy.runtime import ShippedEmbedder
from armoire.modeling.appearance import masked_mean
from armoire.modeling.embedder import Descriptor
from armoire.modeling.onnx_backbone import read_backbone
from armoire.photo import normalise
from armoire.retrieval import cutout

# Crops uint8 [B, S, S, 4] → unit vectors float32 [B, D].
Embed = Callable[[np.ndarray], np.ndarray]
BATCH = 32
LAB_BINS = (6, 10, 10)


def lab_histogram(crops: np.ndarray) -> np.ndarray:
    """A joint histogram over CIE Lab under the mask, square-rooted, so that cosines are overlaps.

    The chroma range is cut to -64..64: cloth seldom lies outside.
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
    """The parser's C3 and C4 averaged under the mask, nothing learnt on top."""
    descriptor = Descriptor(read_backbone(parser)).eval()

    @torch.no_grad()
    def embed(crops: np.ndarray) -> np.ndarray:
        pixels = torch.from_numpy(np.ascontiguousarray(crops))
        mask = (pixels[..., 3:].float() / 255).permute(0, 3, 1, 2)
        c3, c4 = descriptor.features(normalise(pixels[..., :3]) * mask)
        means = [masked_mean(c, F.avg_pool2d(mask, s)) for c, s in ((c3, 8), (c4, 16))]
        return F.normalize(torch.cat([F.normalize(m) for m in means], 1)).numpy()

    return embed


def shipped(folder: Path) -> ShippedEmbedder:
    return ShippedEmbedder(folder)


def embed_all(embed: Embed, crops: np.ndarray) -> np.ndarray:
    """In batches, since a whole catalogue's activations would not fit; kept for exported files."""
    identity = getattr(embed, "identity", None)
    if identity is None:
        return _in_batches(embed, crops)
    digest = hashlib.blake2b(np.ascontiguousarray(crops), digest_size=8).hexdigest()
    path = cutout.CROPS / "vectors" / f"{identity}-{digest}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, _in_batches(embed, crops))
    return np.load(path)


def _in_batches(embed: Embed, crops: np.ndarray) -> np.ndarray:
    starts = range(0, len(crops), BATCH)
    parts = [embed(np.ascontiguousarray(crops[start : start + BATCH])) for start in starts]
    none = np.zeros((1, *crops.shape[1:]), np.uint8)
    return np.concatenate(parts) if parts else embed(none)[:0]


def milliseconds(embed: Embed, crops: np.ndarray) -> float:
    """For one garment, in batches of 16 as the server runs them: the median of five."""
    times = []
    for _ in range(6):
        start = time.perf_counter()
        embed(np.ascontiguousarray(crops[:16]))
        times.append(time.perf_counter() - start)
    return round(1000 * float(np.median(times[1:])) / max(1, len(crops[:16])), 1)
