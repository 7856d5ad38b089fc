"""Changes how much names and parts count in a shipped embedder's vectors.

Names are the category that the parser named and the shares of the named colours. An embedder from
before them gives them room: what its parts category and colour have learnt moves to fewer numbers.
The compatibility model is changed with it, so that its scores stay what they were.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from armoire.modeling.embedder import EMBEDDING_SIZE, LEARNT, NAMED, NUM_NAMES, PARTS


@dataclass(frozen=True)
class Weighting:
    """The weights of the parts, and the names' shares of the parts category and colour."""

    parts: dict[str, float]
    shares: dict[str, float]

    def named(self, part: str) -> float:
        """The weight of a part's names."""
        return self.parts[part] * self.shares.get(part, 0.0)

    def learnt(self, part: str) -> float:
        """The weight of what else the part holds."""
        return self.parts[part] - self.named(part)


def principal_axes(vectors: np.ndarray) -> np.ndarray:
    """The axes [51, 64] that hold most of the unit vectors [N, 64] of a part."""
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    return axes[: LEARNT["category"]]


def back_to_before(
    before: Weighting, after: Weighting, axes: dict[str, np.ndarray] | None
) -> np.ndarray:
    """Maps embeddings to those from before: float32 [256, 256], x_before = A x.

    `axes` [51, 64] by part are given for an embedder from before names; A is exact but for what
    they leave out.
    """
    matrix = np.zeros((EMBEDDING_SIZE, EMBEDDING_SIZE))
    end = 0
    for part, size in PARTS.items():
        start, end = end, end + size
        gain = np.full(size, (before.learnt(part) / after.learnt(part)) ** 0.5)
        turn = np.eye(size)
        if part in NAMED:
            gain[:NUM_NAMES] = (before.named(part) / after.named(part)) ** 0.5
            if axes is not None:
                turn[:, :NUM_NAMES], turn[:, NUM_NAMES:] = 0, axes[part].T
        matrix[start:end, start:end] = turn * gain
    return np.float32(matrix)


def rebase_compatibility(path: Path, matrix: np.ndarray) -> None:
    """Makes the model read, and ask for, embeddings x instead of A x; `matrix` is A [256, 256].

    Its scores are bilinear: (W A x) · (W A y) with W A in the place of W.
    """
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.name.removesuffix(".half") in ("shared", "own"):
            value = numpy_helper.to_array(tensor)
            changed = (torch.from_numpy(value).float() @ torch.from_numpy(matrix)).numpy()
            tensor.CopyFrom(numpy_helper.from_array(changed.astype(value.dtype), tensor.name))
    onnx.checker.check_model(model)
    onnx.save(model, path)
