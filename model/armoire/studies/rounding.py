"""What storing weights as float16 costs in AP.

Either the shipped file is compared with random full-precision networks that round to it, or a
checkpoint with the file that it becomes.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from armoire.data.sample import Sample
from armoire.deploy.export import export_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.predict import predict, torch_parser
from armoire.evaluation.summary import headline_ap
from armoire.evaluation.tables import number, rows_to_table, signed
from armoire.manifest import FILE, read_manifest
from armoire.modeling.detector import Parser

FIGURES = {"ap": "box AP", "ap50": "AP50", "mask_ap": "mask AP", "street_ap": "street box AP"}


def unrounded(half: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Uniformly drawn float32 numbers that round to the given float16 ones.

    A number rounds to the nearest float16, so each is drawn between the two points halfway to its
    neighbours. The halfway points themselves round to even and are left out.
    """
    middle = half.astype(np.float64)
    below = np.nextafter(half, np.float16(-np.inf)).astype(np.float64)
    above = np.nextafter(half, np.float16(np.inf)).astype(np.float64)
    share = random.uniform(0.001, 0.999, half.shape)
    low, high = (below + middle) / 2, (middle + above) / 2
    return (low + share * (high - low)).astype(np.float32)


def unround_weights(model: onnx.ModelProto, random: np.random.Generator) -> int:
    """Replaces the float16 weights of a graph in place; returns how many numbers they were."""
    drawn = 0
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT16:
            continue
        values = unrounded(numpy_helper.to_array(tensor), random)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
        drawn += values.size
    return drawn


def parser_file(weights: Path) -> str:
    """The name of the parser's file."""
    return read_manifest(weights)["parser"]["file"]


def drawn_folder(weights: Path, folder: Path, seed: int) -> Path:
    """Fills a weights folder with a random full-precision network that rounds to the parser."""
    file = parser_file(weights)
    model = onnx.load(weights / file)
    if not unround_weights(model, np.random.default_rng(seed)):
        raise SystemExit(f"{weights / file} has no float16 weights")
    onnx.save(model, folder / file)
    shutil.copy(weights / FILE, folder)
    return folder


def against_draws(weights: Path, draws: int, samples: list[Sample]) -> dict[str, dict]:
    """AP of the shipped file and of each drawn network, by name."""
    found = {"shipped": headline_ap(*predict(ShippedParser(weights), samples))}
    for seed in range(draws):
        with TemporaryDirectory() as folder:
            parser = ShippedParser(drawn_folder(weights, Path(folder), seed))
            found[f"drawn {seed + 1}"] = headline_ap(*predict(parser, samples))
    return found


def against_checkpoint(
    name: str, network: Parser, weights: Path, side: int, samples: list[Sample]
) -> dict[str, dict]:
    """AP of the file that a network becomes and of the network in PyTorch, by name."""
    with TemporaryDirectory() as folder:
        export_parser(network, Path(folder) / parser_file(weights))
        shutil.copy(weights / FILE, folder)
        stored = headline_ap(*predict(ShippedParser(Path(folder), side), samples))
    full = headline_ap(*predict(torch_parser(network, side, "cpu"), samples))
    return {f"{name}, as stored": stored, "in full precision": full}


def table(found: dict[str, dict]) -> str:
    """Markdown; the loss is the mean of the others minus the first."""
    rows = [[name, *(number(values[f], 4) for f in FIGURES)] for name, values in found.items()]
    first, *others = found.values()
    losses = ["lost by rounding"]
    for figure in FIGURES:
        values = [other[figure] for other in others]
        known = first[figure] is not None and None not in values
        losses.append(signed(np.mean(values) - first[figure], 4) if known else "n/a")
    return rows_to_table(["weights", *FIGURES.values()], [*rows, losses])
