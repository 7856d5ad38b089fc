"""Runs embedders over crops: in batches, cached for exported files, timed."""

import hashlib
import time
from collections.abc import Callable

import numpy as np

from armoire.retrieval import cutout

# Crops uint8 [B, S, S, 4] → unit vectors float32 [B, D].
Embed = Callable[[np.ndarray], np.ndarray]
BATCH_SIZE = 32
# As the server runs them.
TIMED_BATCH = 16


def embed_all(embed: Embed, crops: np.ndarray) -> np.ndarray:
    """Unit vectors [N, D] of crops [N, S, S, 4]; those of exported files are cached on disk."""
    identity = getattr(embed, "identity", None)
    if identity is None:
        return _in_batches(embed, crops)
    digest = hashlib.blake2b(np.ascontiguousarray(crops), digest_size=8).hexdigest()
    path = cutout.CACHE / "vectors" / f"{identity}-{digest}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, _in_batches(embed, crops))
    return np.load(path)


def _in_batches(embed: Embed, crops: np.ndarray) -> np.ndarray:
    """A whole catalogue's activations would not fit into memory."""
    starts = range(0, len(crops), BATCH_SIZE)
    parts = [embed(np.ascontiguousarray(crops[start : start + BATCH_SIZE])) for start in starts]
    none = np.zeros((1, *crops.shape[1:]), np.uint8)
    return np.concatenate(parts) if parts else embed(none)[:0]


def milliseconds(embed: Embed, crops: np.ndarray) -> float:
    """Milliseconds a garment in batches of 16: the median of five runs."""
    batch = np.ascontiguousarray(crops[:TIMED_BATCH])
    times = []
    for _ in range(6):
        start = time.perf_counter()
        embed(batch)
        times.append(time.perf_counter() - start)
    return round(1000 * float(np.median(times[1:])) / max(1, len(batch)), 1)
