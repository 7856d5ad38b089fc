"""Runs embedders over crops: in batches, cached for exported files, timed."""

import hashlib
import time
from collections.abc import Callable

import numpy as np

from armoire.retrieval import cutout
from armoire.retrieval.cutout import Crops

# Crops uint8 [B, S, S, 4], the parser's categories uint8 [B] → unit vectors float32 [B, D].
Embed = Callable[[np.ndarray, np.ndarray], np.ndarray]
BATCH_SIZE = 32
# As the server runs them.
TIMED_BATCH = 16


def embed_all(embed: Embed, crops: Crops) -> np.ndarray:
    """Unit vectors [N, D] of crops; those of exported files are cached on disk."""
    identity = getattr(embed, "identity", None)
    if identity is None:
        return _in_batches(embed, crops)
    digest = hashlib.blake2b(np.ascontiguousarray(crops.pixels), digest_size=8)
    digest.update(crops.labels)
    path = cutout.CACHE / "vectors" / f"{identity}-{digest.hexdigest()}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, _in_batches(embed, crops))
    return np.load(path)


def _in_batches(embed: Embed, crops: Crops) -> np.ndarray:
    """A whole catalogue's activations would not fit into memory."""
    pixels, labels = crops.pixels, crops.labels
    spans = [slice(first, first + BATCH_SIZE) for first in range(0, len(pixels), BATCH_SIZE)]
    parts = [embed(np.ascontiguousarray(pixels[span]), labels[span]) for span in spans]
    none = np.zeros((1, *pixels.shape[1:]), np.uint8)
    return np.concatenate(parts) if parts else embed(none, np.zeros(1, np.uint8))[:0]


def milliseconds(embed: Embed, crops: Crops) -> float:
    """Milliseconds a garment in batches of 16: the median of five runs."""
    batch, labels = np.ascontiguousarray(crops.pixels[:TIMED_BATCH]), crops.labels[:TIMED_BATCH]
    times = []
    for _ in range(6):
        start = time.perf_counter()
        embed(batch, labels)
        times.append(time.perf_counter() - start)
    return round(1000 * float(np.median(times[1:])) / max(1, len(batch)), 1)
