"""Exports the pattern head: attributes.onnx and its entry in the manifest."""

from pathlib import Path

import torch

from armoire.deploy.export import EMBEDDER_INPUTS, EMBEDDER_OUTPUTS, export_graph
from armoire.manifest import file_entry
from armoire.modeling.embedder import CROP_SIDE, EMBEDDING_SIZE
from armoire.modeling.pattern import PATTERNS, PatternHead

FILE = "attributes.onnx"
# The embedder's crops and what it makes of them.
INPUTS = [EMBEDDER_INPUTS[0], EMBEDDER_OUTPUTS[0]]
OUTPUTS = [
    {"name": "patterns", "shape": ["B", len(PATTERNS)], "type": "float32", "layout": "0–1, sum 1"}
]


def export_attributes(head: PatternHead, path: Path) -> None:
    """Traces on two crops; the number of crops stays free."""
    crops = torch.randint(0, 256, (2, CROP_SIDE, CROP_SIDE, 4), dtype=torch.uint8)
    example = (crops, torch.randn(2, EMBEDDING_SIZE))
    axes = {entry["name"]: {0: "B"} for entry in INPUTS + OUTPUTS}
    export_graph(head.eval(), example, path, INPUTS, OUTPUTS, axes)


def attributes_entry(folder: Path, values: dict) -> dict:
    """The manifest's `attributes`: `values` has its name, threshold and measurements beside it."""
    shape = {"side": CROP_SIDE, "patterns": list(PATTERNS)}
    return file_entry(folder / FILE) | {"inputs": INPUTS, "outputs": OUTPUTS} | shape | values
