"""What a photo costs elsewhere, for `npm run bench -- parse`: `python -m armoire.peer PHOTO`.

Reads names from standard input, one a line, runs each once and answers with a line of JSON: wall
and processor milliseconds. So the caller can take turns with it, photo by photo.

- `equal`: torchvision's maskrcnn_resnet50_fpn at the shipped parser's input size
- `default`: the same at torchvision's own size (800 to 1333 pixels)
- `product`: a product of two 1024 × 1024 matrices

torchvision's weights are random, which costs the same time but finds nothing, so that its mask head
rests: that is in its favour. The first line is a table of the multiply-adds of our two graphs.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper
from torchvision.models.detection import maskrcnn_resnet50_fpn

from armoire.data.sample import read_rgb
from armoire.deploy.export import WEIGHTS
from armoire.evaluation.coco_eval import fit
from armoire.photo import CATEGORIES

PRODUCT = 1024
COUNTED = ("Conv", "ConvTranspose", "Gemm", "MatMul")


def multiply_adds(path: Path, feeds: dict[str, np.ndarray]) -> int:
    """Of all convolutions and matrix products of one run, by the shapes that the run has."""
    model = onnx.load(path)
    nodes = [node for node in model.graph.node if node.op_type in COUNTED]
    wanted = {name for node in nodes for name in (*node.input[:2], node.output[0])}
    fixed = {t.name: tuple(t.dims) for t in model.graph.initializer}
    known = {output.name for output in model.graph.output}
    graph_inputs = {value.name for value in model.graph.input}
    for name in sorted(wanted - set(fixed) - known - graph_inputs):
        model.graph.output.append(helper.make_empty_tensor_value_info(name))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    # Fused nodes would hide what they were made of.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    shapes = {n: v.shape for n, v in zip(names, session.run(names, feeds), strict=True)}
    shapes |= fixed | {name: value.shape for name, value in feeds.items()}
    return sum(node_cost(node, shapes) for node in nodes)


def node_cost(node: onnx.NodeProto, shapes: dict[str, tuple]) -> int:
    data, weight = (shapes[name] for name in node.input[:2])
    out = shapes[node.output[0]]
    if node.op_type == "Conv":
        return int(np.prod(out) * np.prod(weight[1:]))
    if node.op_type == "ConvTranspose":
        return int(np.prod(data) * np.prod(weight[1:]))
    turned = any(a.name == "transA" and a.i for a in node.attribute)
    return int(np.prod(out) * data[0 if turned else -1])


def make_tasks(photo: np.ndarray, side: int) -> dict:
    image = torch.from_numpy(photo).permute(2, 0, 1).float() / 255
    none = {"weights": None, "weights_backbone": None, "num_classes": len(CATEGORIES) + 1}
    equal = maskrcnn_resnet50_fpn(**none, min_size=side, max_size=side).eval()
    default = maskrcnn_resnet50_fpn(**none).eval()
    one, two = torch.rand(PRODUCT, PRODUCT), torch.rand(PRODUCT, PRODUCT)
    return {
        "equal": lambda: equal([image]),
        "default": lambda: default([image]),
        "product": lambda: one @ two,
    }


@torch.no_grad()
def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photo", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--crops", type=int, default=3, help="garments in the photo")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    photo = read_rgb(options.photo)
    manifest = json.loads((options.weights / "manifest.json").read_text())
    side, crop = manifest["parser"]["longSide"], manifest["embedder"]["side"]
    padded = fit(photo, side)[0][None]
    crops = np.full((options.crops, crop, crop, 4), 200, np.uint8)
    table = {
        "parser": multiply_adds(options.weights / "parser.onnx", {"image": padded}),
        "embedder": multiply_adds(options.weights / "embedder.onnx", {"crops": crops}),
        "product": PRODUCT**3,
        "torch": torch.__version__,
    }
    print(json.dumps(table), flush=True)
    tasks = make_tasks(photo, side)
    for line in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        tasks[line.strip()]()
        took = {
            "wall": 1000 * (time.perf_counter() - wall),
            "processor": 1000 * (time.process_time() - processor),
        }
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
