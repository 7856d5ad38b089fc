"""Writes parser.onnx, embedder.onnx and manifest.json: `python -m armoire.export CHECKPOINT`."""

import argparse
import hashlib
import json
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from armoire.modeling.backbone import SEResNet
from armoire.modeling.detector import NetworkConfig, Parser
from armoire.modeling.embedder import PARTS, SIDE, SIZE, Embedder
from armoire.photo import CATEGORIES, COLOURS, MEAN, MULTIPLE, normalise
from armoire.training import checkpoint
from armoire.training.config import MODEL

log = logging.getLogger(__name__)
OPSET = 17
WEIGHTS = MODEL / "weights"
# Weights below this many numbers stay in full precision.
SMALL = 1024

PARSER_INPUTS = [
    {"name": "image", "shape": [1, "H", "W", 3], "type": "uint8", "layout": "NHWC RGB"}
]
PARSER_OUTPUTS = [
    {"name": "boxes", "shape": ["N", 4], "type": "float32", "layout": "x1 y1 x2 y2, input pixels"},
    {"name": "scores", "shape": ["N"], "type": "float32", "layout": "descending"},
    {"name": "labels", "shape": ["N"], "type": "int64", "layout": "1–13"},
    {"name": "masks", "shape": ["N", 28, 28], "type": "float32", "layout": "0–1 inside the box"},
]
EMBEDDER_INPUTS = [
    {"name": "crops", "shape": ["B", SIDE, SIDE, 4], "type": "uint8", "layout": "NHWC RGBA"}
]
EMBEDDER_OUTPUTS = [
    {"name": "embeddings", "shape": ["B", SIZE], "type": "float32", "layout": "unit length"},
    {"name": "colours", "shape": ["B", len(COLOURS)], "type": "float32", "layout": "0–1, sum 1"},
]


class ParserGraph(nn.Module):
    """The traced wrapper: one photo uint8 [1, H, W, 3] → boxes, scores, labels, masks."""

    def __init__(self, parser: Parser):
        super().__init__()
        self.parser = parser

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        found = self.parser(normalise(image))
        boxes, scores = found["boxes"][0], found["scores"][0]
        return boxes, scores, found["labels"][0], found["masks"][0]


def export_parser(parser: Parser, path: Path) -> None:
    """Traces on noise, so that every branch has something to do."""
    graph = ParserGraph(parser).eval()
    image = torch.randint(0, 255, (1, 256, 192, 3), dtype=torch.uint8)
    axes = {"image": {1: "H", 2: "W"}} | {o["name"]: {0: "N"} for o in PARSER_OUTPUTS}
    _export(graph, image, path, PARSER_INPUTS, PARSER_OUTPUTS, axes)


def export_embedder(embedder: Embedder, path: Path) -> None:
    crops = torch.randint(0, 255, (2, SIDE, SIDE, 4), dtype=torch.uint8)
    axes = {"crops": {0: "B"}} | {o["name"]: {0: "B"} for o in EMBEDDER_OUTPUTS}
    _export(embedder.eval(), crops, path, EMBEDDER_INPUTS, EMBEDDER_OUTPUTS, axes)


def _export(module, example, path: Path, inputs, outputs, axes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            (example,),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=[i["name"] for i in inputs],
            output_names=[o["name"] for o in outputs],
            dynamic_axes=axes,
        )
    model = onnx.load(path)
    halve_weights(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores large float weights as float16 behind a Cast, which ONNX Runtime folds at load."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < SMALL:
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def file_entry(path: Path) -> dict:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"file": path.name, "sha256": digest, "bytes": len(content)}


def count(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def write_manifest(folder: Path, parser: Parser, embedder: Embedder, options: dict) -> dict:
    """The contract with whoever runs the files; figures are added by `evaluate`."""
    parser_entry = file_entry(folder / "parser.onnx") | {
        "longSide": options["side"],
        "multiple": MULTIPLE,
        "padding": list(MEAN),
        "scoreThreshold": options["threshold"],
        "nmsIou": 0.6,
        "maskThreshold": 0.5,
        "inputs": PARSER_INPUTS,
        "outputs": PARSER_OUTPUTS,
        "parameters": count(parser),
    }
    manifest = {
        "version": options["version"],
        "categories": list(CATEGORIES),
        "parser": parser_entry,
        "embedder": embedder_entry(folder, embedder, options),
        "training": options["training"],
        "accuracy": {},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text)
    return manifest


def embedder_entry(folder: Path, embedder: Embedder, options: dict) -> dict:
    """The file's entry; `score` is added by `calibrate_matches`."""
    entry = file_entry(folder / "embedder.onnx")
    weights = embedder.projection.weights.tolist()
    parts, start = [], 0
    for (name, size), weight in zip(PARTS.items(), weights, strict=True):
        parts.append({"name": name, "from": start, "to": start + size, "weight": round(weight, 6)})
        start += size
    return entry | {
        "side": SIDE,
        "size": SIZE,
        "model": f"armoire-{options['version']}-{entry['sha256'][:8]}",
        "inputs": EMBEDDER_INPUTS,
        "outputs": EMBEDDER_OUTPUTS,
        "parameters": count(embedder),
        "parts": parts,
        "colours": list(COLOURS),
        "colourPrototypes": options.get("prototypes", {}),
    }


def load_parser(path: Path) -> tuple[Parser, dict]:
    """The averaged weights of a checkpoint, ready to run, and the checkpoint's other entries."""
    state = checkpoint.load(path)
    parser = Parser(NetworkConfig(**state["network"]))
    parser.load_state_dict(state.pop("average"))
    return parser.eval(), state


def load_embedder(backbone: SEResNet, path: Path | None) -> tuple[Embedder, dict]:
    """A copy of the parser's first stages, or the ones in the file that `fit_embedder` wrote.

    With its colour prototypes, as the manifest has them.
    """
    embedder = Embedder(backbone).eval()
    if not path:
        return embedder, {}
    state = checkpoint.load(path)
    embedder.load_state_dict(state["embedder"])
    return embedder, state["prototypes"]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--embedder", type=Path, help="a projection from fit_embedder")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--version", required=True)
    parser.add_argument("--side", type=int, default=352, help="long side of the parser's input")
    parser.add_argument("--threshold", type=float, default=0.5, help="default score threshold")
    parser.add_argument("--training", type=json.loads, default={}, help="JSON for the manifest")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    network, state = load_parser(options.checkpoint)
    embedder, prototypes = load_embedder(network.backbone, options.embedder)
    export_parser(network, options.out / "parser.onnx")
    export_embedder(embedder, options.out / "embedder.onnx")
    training = {
        "config": state["name"],
        "photos": state["photos"],
        "minutes": round(state["elapsed"] / 60),
    } | options.training
    values = {"side": options.side, "threshold": options.threshold}
    values |= {"version": options.version, "training": training, "prototypes": prototypes}
    manifest = write_manifest(options.out, network, embedder, values)
    for part in ("parser", "embedder"):
        entry = manifest[part]
        log.info("%s: %.1f MiB, %d parameters", part, entry["bytes"] / 2**20, entry["parameters"])


if __name__ == "__main__":
    main()
