"""ONNX export: parser.onnx, embedder.onnx, and their entries in the manifest."""

import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from armoire.deploy.rewrite import rewrite
from armoire.landmarks import CHANNELS, CHANNELS_OF
from armoire.manifest import MASK_THRESHOLD, NMS_IOU, file_entry, write_manifest
from armoire.modeling.backbone import SEResNet
from armoire.modeling.detector import MASK_SIDE, Parser
from armoire.modeling.embedder import CROP_SIDE, EMBEDDING_SIZE, NAMED, PARTS, Embedder
from armoire.photo import CATEGORIES, COLOURS, MEAN, STRIDE, normalise
from armoire.training import checkpoint

OPSET = 17
# Weights with fewer numbers than this stay in full precision.
MIN_HALF_SIZE = 1024

PARSER_INPUTS = [
    {"name": "image", "shape": [1, "H", "W", 3], "type": "uint8", "layout": "NHWC RGB"},
    {
        "name": "maskFloor",
        "shape": [1],
        "type": "float32",
        "layout": "score, 0–1, from which masks are made: M detections' of N",
    },
]
PARSER_OUTPUTS = [
    {"name": "boxes", "shape": ["N", 4], "type": "float32", "layout": "x1 y1 x2 y2, input pixels"},
    {"name": "scores", "shape": ["N"], "type": "float32", "layout": "descending"},
    {"name": "labels", "shape": ["N"], "type": "int64", "layout": "1–13"},
    {
        "name": "masks",
        "shape": ["M", MASK_SIDE, MASK_SIDE],
        "type": "float32",
        "layout": "0–1 inside the box",
    },
]
LANDMARK_OUTPUT = {
    "name": "landmarks",
    "shape": ["M", len(CHANNELS), 3],
    "type": "float32",
    "layout": "x, y in input pixels, confidence 0–1, on the channels that `landmarks` names",
}
EMBEDDER_INPUTS = [
    {
        "name": "crops",
        "shape": ["B", CROP_SIDE, CROP_SIDE, 4],
        "type": "uint8",
        "layout": "NHWC RGBA",
    },
    {"name": "labels", "shape": ["B"], "type": "uint8", "layout": "1–13, 0 for none"},
]
EMBEDDER_OUTPUTS = [
    {
        "name": "embeddings",
        "shape": ["B", EMBEDDING_SIZE],
        "type": "float32",
        "layout": "unit length",
    },
    {"name": "colours", "shape": ["B", len(COLOURS)], "type": "float32", "layout": "0–1, sum 1"},
]


class ParserGraph(nn.Module):
    """What is traced: a photo uint8 [1, H, W, 3] → boxes, scores, labels, masks.

    With a landmark branch, landmarks as well. Masks and landmarks are those of the detections with
    a score of at least `mask_floor` float [1], or of all without one.
    """

    def __init__(self, parser: Parser):
        super().__init__()
        self.parser = parser

    def forward(self, image: Tensor, mask_floor: Tensor | None = None) -> tuple[Tensor, ...]:
        found = self.parser(normalise(image), mask_floor=mask_floor)
        return tuple(found[output["name"]][0] for output in parser_outputs(self.parser))


def parser_outputs(parser: Parser) -> list[dict]:
    """What the exported file of a parser gives."""
    return PARSER_OUTPUTS + ([LANDMARK_OUTPUT] if parser.config.landmarks else [])


def export_parser(parser: Parser, path: Path) -> None:
    """Traces on noise, on which something is detected, so that every branch is traced."""
    graph = ParserGraph(parser).eval()
    image = torch.randint(0, 255, (1, 256, 192, 3), dtype=torch.uint8)
    outputs = parser_outputs(parser)
    axes = {"image": {1: "H", 2: "W"}} | {o["name"]: {0: o["shape"][0]} for o in outputs}
    export_graph(graph, (image, torch.zeros(1)), path, PARSER_INPUTS, outputs, axes)
    model = onnx.load(path)
    # What the weights' names and shapes do not tell whoever reads the file back.
    told = ("box_voting", "relations", "landmarks", "landmark_head_convs")
    network = {name: getattr(parser.config, name) for name in told}
    helper.set_model_props(model, {"network": json.dumps(network)})
    onnx.save(model, path)


def export_embedder(embedder: Embedder, path: Path) -> None:
    """Traces on two crops of noise; the batch size stays free."""
    crops = torch.randint(0, 255, (2, CROP_SIDE, CROP_SIDE, 4), dtype=torch.uint8)
    labels = torch.tensor([0, 2], dtype=torch.uint8)
    axes = {entry["name"]: {0: "B"} for entry in EMBEDDER_INPUTS + EMBEDDER_OUTPUTS}
    export_graph(embedder.eval(), (crops, labels), path, EMBEDDER_INPUTS, EMBEDDER_OUTPUTS, axes)


def export_graph(
    module: nn.Module, example: tuple, path: Path, inputs: list, outputs: list, axes: dict
) -> None:
    """Traces a module on `example`. Inputs and outputs are the manifest's, `axes` stay free."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            example,
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=[i["name"] for i in inputs],
            output_names=[o["name"] for o in outputs],
            dynamic_axes=axes,
        )
    model = onnx.load(path)
    rewrite(model)
    halve_weights(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores large weights as float16 with a Cast, which ONNX Runtime folds when it loads."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < MIN_HALF_SIZE:
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def count_parameters(module: nn.Module) -> int:
    """Numbers in all parameters."""
    return sum(p.numel() for p in module.parameters())


def parser_entry(folder: Path, parser: Parser, options: dict) -> dict:
    """The manifest's `parser`; `calibrate` adds `calibration` later."""
    entry = file_entry(folder / "parser.onnx") | {
        "longSide": options["side"],
        "multiple": STRIDE,
        "padding": list(MEAN),
        "scoreThreshold": options["threshold"],
        "nmsIou": NMS_IOU,
        "maskThreshold": MASK_THRESHOLD,
        "inputs": PARSER_INPUTS,
        "outputs": parser_outputs(parser),
        "parameters": count_parameters(parser),
    }
    if parser.config.landmarks:
        entry["landmarks"] = landmark_entry()
    return entry


def landmark_entry() -> dict:
    """The manifest's `parser.landmarks`: what the channels mean, and which are a category's.

    A category's channels are in the data set's order of its landmarks.
    """
    channels = {name: list(CHANNELS_OF[number]) for number, name in enumerate(CATEGORIES, 1)}
    return {"names": list(CHANNELS), "channels": channels}


def training_entry(state: dict, more: dict) -> dict:
    """What a checkpoint tells of its training, and what the caller adds to it."""
    minutes = round(state["elapsed"] / 60)
    return {"config": state["name"], "photos": state["photos"], "minutes": minutes} | more


def export_manifest(folder: Path, parser: Parser, embedder: Embedder, options: dict) -> dict:
    """Writes the manifest of both exported files; measurements add their figures later.

    `options` are side, threshold, version, training and, if known, prototypes.
    """
    manifest = {
        "version": options["version"],
        "categories": list(CATEGORIES),
        "parser": parser_entry(folder, parser, options),
        "embedder": embedder_entry(folder, embedder, options),
        "training": options["training"],
        "accuracy": {},
    }
    write_manifest(folder, manifest)
    return manifest


def embedder_entry(folder: Path, embedder: Embedder, options: dict) -> dict:
    """The manifest's `embedder`; `calibrate_matches` adds `score` later."""
    entry = file_entry(folder / "embedder.onnx")
    weights = embedder.projection.weights.tolist()
    shares = [round(float(share), 6) for share in embedder.projection.name_shares]
    parts, start = [], 0
    for (name, size), weight in zip(PARTS.items(), weights, strict=True):
        parts.append({"name": name, "from": start, "to": start + size, "weight": round(weight, 6)})
        start += size
    return entry | {
        "side": CROP_SIDE,
        "size": EMBEDDING_SIZE,
        "model": f"armoire-{options['version']}-{entry['sha256'][:8]}",
        "inputs": EMBEDDER_INPUTS,
        "outputs": EMBEDDER_OUTPUTS,
        "parameters": count_parameters(embedder),
        "parts": parts,
        "nameShares": dict(zip(NAMED, shares, strict=True)),
        "colours": list(COLOURS),
        "colourPrototypes": options.get("prototypes", {}),
    }


def load_embedder(backbone: SEResNet, path: Path | None) -> tuple[Embedder, dict]:
    """An embedder, and its colour prototypes as the manifest has them.

    Its weights are those that `fit_embedder` wrote to `path`; without one, a copy of the backbone's
    first stages.
    """
    embedder = Embedder(backbone).eval()
    if not path:
        return embedder, {}
    state = checkpoint.load(path)
    embedder.load_state_dict(state["embedder"])
    return embedder, state["prototypes"]
