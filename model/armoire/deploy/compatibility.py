"""Exports the compatibility model: compatibility.onnx and its entry in the manifest."""

from pathlib import Path

import torch

from armoire.deploy.export import export_graph
from armoire.manifest import file_entry
from armoire.modeling.compatibility import Compatibility
from armoire.modeling.embedder import EMBEDDING_SIZE

FILE = "compatibility.onnx"
INPUTS = [
    {
        "name": "embedding",
        "shape": ["N", EMBEDDING_SIZE],
        "type": "float32",
        "layout": "unit length",
    },
    {"name": "source", "shape": ["N"], "type": "int64", "layout": "1–13, 0 for any other garment"},
    {"name": "target", "shape": ["N"], "type": "int64", "layout": "1–13, 0 for any other garment"},
]
OUTPUTS = [
    {
        "name": "query",
        "shape": ["N", EMBEDDING_SIZE],
        "type": "float32",
        "layout": "its dot product with an embedding of category target is the pair's raw score",
    }
]


def export_compatibility(model: Compatibility, path: Path) -> None:
    """Traces on two garments; the number of garments stays free."""
    example = (
        torch.randn(2, EMBEDDING_SIZE),
        torch.tensor([0, 2]),
        torch.tensor([8, 0]),
    )
    axes = {entry["name"]: {0: "N"} for entry in INPUTS + OUTPUTS}
    export_graph(model.eval(), example, path, INPUTS, OUTPUTS, axes)


def compatibility_entry(folder: Path, measured: dict) -> dict:
    """The manifest's `compatibility`: `measured` has what was fitted and counted beside it."""
    return file_entry(folder / FILE) | {"inputs": INPUTS, "outputs": OUTPUTS} | measured
