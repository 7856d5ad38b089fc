"""Reads the backbone of an exported parser or embedder back from its ONNX file.

Kernels were folded with their gains and stored as float16. Their names are lost, but each
convolution's bias still has the name of its layer.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from armoire.modeling.backbone import BLOCKS, SEResNet
from armoire.modeling.pretrained import set_folded


def read_tensors(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Initializers by the names that nodes use; those stored as float16 become float32."""
    tensors = {}
    for tensor in graph.initializer:
        value = numpy_helper.to_array(tensor)
        half = tensor.name.endswith(".half")
        tensors[tensor.name.removesuffix(".half")] = value.astype(np.float32) if half else value
    # Of equal tensors the exporter keeps one and passes it on under the other names.
    for node in graph.node:
        if node.op_type == "Identity" and node.input[0] in tensors:
            tensors[node.output[0]] = tensors[node.input[0]]
    return tensors


def read_backbone(path: Path) -> SEResNet:
    """The backbone, in eval mode. Stages that the file lacks keep random weights."""
    graph = onnx.load(path).graph
    tensors = read_tensors(graph)
    layers = {}
    for node in graph.node:
        name = _layer(node.input[2]) if node.op_type == "Conv" and len(node.input) > 2 else None
        if name and name.endswith(".bias"):
            layers[name.removesuffix(".bias")] = (tensors[node.input[1]], tensors[node.input[2]])
    others = {_layer(name): value for name, value in tensors.items() if _layer(name)}
    backbone = _empty_like(layers)
    modules = dict(backbone.named_modules())
    for name, (kernel, bias) in layers.items():
        set_folded(modules[name], torch.tensor(kernel), torch.tensor(bias))
    own = backbone.state_dict()
    for name, value in others.items():
        if ".gate." in name:
            own[name].copy_(torch.tensor(value))
    return backbone.eval()


def _layer(name: str) -> str | None:
    """`parser.backbone.stages.0.1.convs.2.bias` → `stages.0.1.convs.2.bias`; None elsewhere."""
    for start in ("stem.", "stages."):
        before, found, rest = name.partition(start)
        if found and (not before or before.endswith(".")):
            return found + rest
    return None


def _empty_like(layers: dict) -> SEResNet:
    """A backbone of the depth and width that the layers' names and shapes tell."""
    places = [name.split(".") for name in layers if name.startswith("stages.")]
    counts = {s: 1 + max(int(p[2]) for p in places if int(p[1]) == s) for s in range(3)}
    convs = 1 + max(int(p[4]) for p in places if p[3] == "convs")
    depth = next(
        d
        for d, blocks in BLOCKS.items()
        if tuple(counts.values()) == blocks[:3] and (d >= 50) == (convs == 3)
    )
    width = len(layers["stages.0.0.convs.0"][1]) / 64
    return SEResNet(depth, width)
