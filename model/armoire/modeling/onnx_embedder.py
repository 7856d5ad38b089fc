"""Reads an exported embedder over an SE-ResNet back from its ONNX file."""

from pathlib import Path

import numpy as np
import onnx
import torch

from armoire.modeling.embedder import PARTS, Embedder
from armoire.modeling.onnx_backbone import read_backbone, read_tensors

HEAD = "projection.parts.{}.linear.{}"
NAMING = "projection.naming.weight"


def read_embedder(
    path: Path, weights: dict[str, float], axes: dict[str, np.ndarray] | None = None
) -> Embedder:
    """The embedder, in eval mode, with its parts' weights, which the file does not name.

    `axes` [51, 64] by part turn what the parts category and colour of a file from before names
    have learnt into what is left of it beside the names. ValueError if the file has other shapes.
    """
    embedder = Embedder(read_backbone(path)).eval()
    named = {k: torch.tensor(v) for k, v in read_tensors(onnx.load(path).graph).items()}
    for part, turn in (axes or {}).items():
        for name in ("weight", "bias"):
            key = HEAD.format(part, name)
            named[key] = torch.from_numpy(turn) @ named[key]
        if part == "colour":
            named[NAMING] = named[NAMING] @ torch.from_numpy(turn).T
    own = embedder.state_dict()
    for name, value in own.items():
        if not name.startswith(("descriptor.appearance", "projection.parts", "projection.naming")):
            continue
        if name not in named or named[name].shape != value.shape:
            raise ValueError(f"{path} has no {name} of shape {list(value.shape)}")
        value.copy_(named[name])
    embedder.projection.weights.copy_(torch.tensor([weights[name] for name in PARTS]))
    return embedder
