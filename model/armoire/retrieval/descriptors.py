"""Descriptors of crops, in the views that the embedder learns from; cached on disk.

The backbone is not trained with the embedder, so each view is described once and not every epoch.
"""

import hashlib
import logging
from collections.abc import Callable

import cv2
import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from armoire.modeling.appearance import PALETTE_SIZE, lab
from armoire.modeling.embedder import CROP_SIDE, Descriptor
from armoire.photo import COLOURS
from armoire.retrieval import cutout, views
from armoire.retrieval.contrast import UNKNOWN, Views
from armoire.retrieval.cutout import Crops
from armoire.training.distributed import half_precision

log = logging.getLogger(__name__)
BATCH_SIZE = 32
# Each chunk of crops has a file and random numbers of its own.
CHUNK_SIZE = 256


def fit_palette(descriptor: Descriptor, crops: np.ndarray, seed: int = 1) -> None:
    """Fits the palette: k-means of the Lab colours of pixels under the masks of up to 800 crops."""
    rng = np.random.default_rng(seed)
    pixels = []
    for index in np.sort(rng.choice(len(crops), min(800, len(crops)), replace=False)):
        crop = crops[index]
        inside = crop[crop[..., 3] > 0][:, :3]
        pixels.append(inside[rng.integers(0, len(inside), 60)] if len(inside) else inside)
    colours = lab(torch.from_numpy(np.concatenate(pixels).astype(np.float32) / 255)).numpy()
    cv2.setRNGSeed(seed)
    stop = (cv2.TERM_CRITERIA_MAX_ITER, 30, 0.0)
    clusters = min(PALETTE_SIZE, len(colours))
    _, _, centres = cv2.kmeans(colours, clusters, None, stop, 2, cv2.KMEANS_PP_CENTERS)
    descriptor.appearance.palette[:clusters] = torch.from_numpy(centres)


@torch.no_grad()
def describe(descriptor: Descriptor, crops: np.ndarray) -> Tensor:
    """Crops uint8 [B, S, S, 4] → descriptors float16 [B, D]."""
    batch = torch.from_numpy(np.ascontiguousarray(crops))
    with torch.autocast("cpu", torch.bfloat16, enabled=half_precision("cpu")):
        return descriptor(batch).half()


def plain(crop: np.ndarray, other: np.ndarray, rng) -> np.ndarray:
    """The crop as it is."""
    return crop


def worn(crop: np.ndarray, other: np.ndarray, rng) -> np.ndarray:
    """A photo-like view with a coarse mask; `other` is a crop that is seen behind it."""
    return views.to_square(views.worn_view(views.trim(crop), other[..., :3], rng), CROP_SIDE)


def recoloured(crop: np.ndarray, other: np.ndarray, rng) -> np.ndarray:
    """A photo-like view in another colour."""
    return worn(views.recolour(crop, rng), other, rng)


def describe_all(
    descriptor: Descriptor, crops: Crops, name: str, view: Callable, seed: int
) -> Tensor:
    """Descriptors float16 [N, D] of one view of every crop, cached by its inputs."""
    chunks = range(0, len(crops.rows), CHUNK_SIZE)
    found = [
        describe_chunk(descriptor, crops, start, name, view, seed)
        for start in tqdm(chunks, desc=f"{name} {view.__name__}", unit=f"{CHUNK_SIZE} crops")
    ]
    return torch.cat([torch.zeros(0, descriptor.size, dtype=torch.float16), *found])


def describe_chunk(
    descriptor: Descriptor, crops: Crops, start: int, name: str, view: Callable, seed: int
) -> Tensor:
    """Descriptors of the chunk of crops from `start` on."""
    weights = [v.numpy().tobytes() for v in descriptor.state_dict().values()]
    rows = range(start, min(start + CHUNK_SIZE, len(crops.rows)))
    seen = "".join(f"{crops.rows[i]['item']}/{crops.rows[i]['garment']};" for i in rows)
    key = b"".join([*weights, seen.encode(), f"{view.__name__} {seed}".encode()])
    path = cutout.CACHE / name / f"{view.__name__}-{hashlib.sha256(key).hexdigest()[:12]}.npy"
    if path.exists():
        return torch.from_numpy(np.load(path))
    rng = np.random.default_rng([seed, start])
    parts = []
    for first in range(start, rows.stop, BATCH_SIZE):
        batch = [
            view(crop, crops.pixels[rng.integers(len(crops.rows))], rng)
            for crop in crops.pixels[first : min(first + BATCH_SIZE, rows.stop)]
        ]
        parts.append(describe(descriptor, np.stack(batch)))
    found = torch.cat(parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, found.numpy())
    return found


def as_views(parts: list[tuple[Crops, Tensor, bool]]) -> tuple[Views, list[dict]]:
    """(crops, their descriptors, whether recoloured) → one table of views, and its rows."""
    rows = [row for crops, _, _ in parts for row in crops.rows]
    names = {name: place for place, name in enumerate(COLOURS)}
    identities = [str(row.get("identity", row["garment"])) for row in rows]
    order = {name: place for place, name in enumerate(dict.fromkeys(identities))}
    table = Views(
        torch.cat([descriptors for _, descriptors, _ in parts]),
        torch.tensor([order[name] for name in identities]),
        torch.tensor([row["category"] - 1 for row in rows]),
        torch.tensor([names.get(row["colour"], UNKNOWN) for row in rows]),
        torch.tensor([is_recoloured for crops, _, is_recoloured in parts for _ in crops.rows]),
    )
    return table, rows
