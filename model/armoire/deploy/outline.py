"""Exports the outline network: outline.onnx."""

from pathlib import Path

import torch
from torch import Tensor, nn

from armoire.deploy.export import export_graph
from armoire.modeling.outline import MULTIPLE, Outline

FILE = "outline.onnx"
INPUTS = [
    {
        "name": "crop",
        "shape": [1, "H", "W", 5],
        "type": "uint8",
        "layout": "NHWC RGB, rough mask, masks of the other garments",
    }
]
OUTPUTS = [{"name": "inside", "shape": [1, "H", "W"], "type": "float32", "layout": "0–1"}]


class OutlineGraph(nn.Module):
    """What is traced: a crop uint8 [1, H, W, 5] → probabilities float [1, H, W]."""

    def __init__(self, outline: Outline):
        super().__init__()
        self.outline = outline

    def forward(self, crop: Tensor) -> Tensor:
        return torch.sigmoid(self.outline(crop))


def export_outline(outline: Outline, path: Path) -> None:
    """Traces on a crop of noise; its sides stay free."""
    crop = torch.randint(0, 256, (1, 8 * MULTIPLE, 6 * MULTIPLE, 5), dtype=torch.uint8)
    axes = {entry["name"]: {1: "H", 2: "W"} for entry in INPUTS + OUTPUTS}
    export_graph(OutlineGraph(outline).eval(), (crop,), path, INPUTS, OUTPUTS, axes)
