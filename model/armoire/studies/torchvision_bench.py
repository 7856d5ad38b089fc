"""What parsing a photo costs in torchvision, and the multiply-adds of our own graphs.

- `equal`: torchvision's maskrcnn_resnet50_fpn at the shipped parser's input size
- `default`: the same at torchvision's own size (800 to 1333 pixels)
- `product`: a product of two 1024 × 1024 matrices

torchvision's weights are random. That costs the same time, but nothing is detected and the mask
head is not run, which favours torchvision.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper
from torchvision.models.detection import maskrcnn_resnet50_fpn

from armoire.photo import CATEGORIES

PRODUCT_SIDE = 1024
COUNTED_OPS = ("Conv", "ConvTranspose", "Gemm", "MatMul")


def multiply_adds(path: Path, feeds: dict[str, np.ndarray]) -> int:
    """Multiply-adds of all convolutions and matrix products in one run of a graph on `feeds`."""
    model = onnx.load(path)
    nodes = [node for node in model.graph.node if node.op_type in COUNTED_OPS]
    wanted = {name for node in nodes for name in (*node.input[:2], node.output[0])}
    fixed = {t.name: tuple(t.dims) for t in model.graph.initializer}
    known = {output.name for output in model.graph.output}
    graph_inputs = {value.name for value in model.graph.input}
    for name in sorted(wanted - set(fixed) - known - graph_inputs):
        model.graph.output.append(helper.make_empty_tensor_value_info(name))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    # Fused nodes would hide the operators that they replace.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    shapes = {n: v.shape for n, v in zip(names, session.run(names, feeds), strict=True)}
    shapes |= fixed | {name: value.shape for name, value in feeds.items()}
    return sum(node_cost(node, shapes) for node in nodes)


def node_cost(node: onnx.NodeProto, shapes: dict[str, tuple]) -> int:
    """Multiply-adds of a node, from its tensors' shapes."""
    data, weight = (shapes[name] for name in node.input[:2])
    out = shapes[node.output[0]]
    if node.op_type == "Conv":
        return int(np.prod(out) * np.prod(weight[1:]))
    if node.op_type == "ConvTranspose":
        return int(np.prod(data) * np.prod(weight[1:]))
    transposed = any(a.name == "transA" and a.i for a in node.attribute)
    return int(np.prod(out) * data[0 if transposed else -1])


def make_tasks(photo: np.ndarray, side: int) -> dict[str, Callable[[], object]]:
    """The tasks by name, on a photo uint8 [H, W, 3] RGB; `side` is the parser's input size."""
    image = torch.from_numpy(photo).permute(2, 0, 1).float() / 255
    none = {"weights": None, "weights_backbone": None, "num_classes": len(CATEGORIES) + 1}
    equal = maskrcnn_resnet50_fpn(**none, min_size=side, max_size=side).eval()
    default = maskrcnn_resnet50_fpn(**none).eval()
    one, two = (torch.rand(PRODUCT_SIDE, PRODUCT_SIDE) for _ in range(2))
    return {
        "equal": lambda: equal([image]),
        "default": lambda: default([image]),
        "product": lambda: one @ two,
    }
