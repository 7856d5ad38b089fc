"""Measures over nearest neighbours; vectors are of unit length, so their product is the cosine."""

import numpy as np
import torch
from torch import Tensor


def nearest(queries: np.ndarray, gallery: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Queries [Q, D], gallery [N, D] → cosines and rows of the gallery [Q, count], best first."""
    values, rows = (torch.from_numpy(queries) @ torch.from_numpy(gallery).T).topk(
        min(count, len(gallery)), dim=1
    )
    return values.numpy(), rows.numpy()


def recall(queries: Tensor, gallery: Tensor, answers: Tensor, ranks=(1, 10)) -> dict[str, float]:
    """Share of queries [Q, D] whose answer (row of the gallery) is among the first k."""
    if not len(queries):
        return {f"recall@{k}": 0.0 for k in ranks}
    order = (queries @ gallery.T).topk(min(max(ranks), len(gallery)), dim=1).indices
    hit = order == answers[:, None]
    return {f"recall@{k}": float(hit[:, :k].any(1).float().mean()) for k in ranks}


def agreement(order: np.ndarray, asked: np.ndarray, offered: np.ndarray) -> float:
    """Share of the neighbours (rows of the gallery, [Q, K]) whose label is the query's."""
    return float((offered[order] == asked[:, None]).mean()) if len(order) else 0.0
