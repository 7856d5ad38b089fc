"""Nearest neighbours by cosine, and measures over them. All vectors are of unit length."""

import numpy as np
import torch
from torch import Tensor


def nearest(queries: np.ndarray, gallery: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Queries [Q, D], gallery [N, D] → cosines and gallery rows, both [Q, count], best first."""
    values, rows = (torch.from_numpy(queries) @ torch.from_numpy(gallery).T).topk(
        min(count, len(gallery)), dim=1
    )
    return values.numpy(), rows.numpy()


def recall(queries: Tensor, gallery: Tensor, answers: Tensor, ranks=(1, 10)) -> dict[str, float]:
    """recall@k: the share of queries [Q, D] whose answer (a gallery row) is among the first k."""
    if not len(queries):
        return {f"recall@{k}": 0.0 for k in ranks}
    order = (queries @ gallery.T).topk(min(max(ranks), len(gallery)), dim=1).indices
    hit = order == answers[:, None]
    return {f"recall@{k}": float(hit[:, :k].any(1).float().mean()) for k in ranks}


def precision_at(order: np.ndarray, query_labels: np.ndarray, labels: np.ndarray) -> float:
    """precision@K: the share of neighbours (gallery rows [Q, K]) with the query's label."""
    return float((labels[order] == query_labels[:, None]).mean()) if len(order) else 0.0
