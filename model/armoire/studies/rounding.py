"""What storing weights as float16 costs in AP: `python -m armoire.rounding [--draws 3]`.

The shipped file against networks drawn from all those in full precision that round to it; with
`--checkpoint`, the file written from one against the checkpoint itself.
"""

import argparse
import json
import logging
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from armoire.data.sample import Sample
from armoire.deploy.export import WEIGHTS, export_parser, load_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.summary import predict, torch_parser
from armoire.evaluation.tables import number, rows_to_table, signed
from armoire.studies.tradeoff import accuracy, add_data_arguments, chosen_samples

FIGURES = {"ap": "box AP", "ap50": "AP50", "mask_ap": "mask AP", "street_ap": "street box AP"}


def unrounded(half: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """float32 numbers that round to these float16 ones, drawn evenly from all that do.

    A number rounds to the nearest float16, so each is drawn between the two points halfway to its
    neighbours; the halfway points themselves round to even and are left out.
    """
    middle = half.astype(np.float64)
    below = np.nextafter(half, np.float16(-np.inf)).astype(np.float64)
    above = np.nextafter(half, np.float16(np.inf)).astype(np.float64)
    share = random.uniform(0.001, 0.999, half.shape)
    low, high = (below + middle) / 2, (middle + above) / 2
    return (low + share * (high - low)).astype(np.float32)


def unround_weights(model: onnx.ModelProto, random: np.random.Generator) -> int:
    """Replaces the float16 weights of a graph in place; how many numbers they were."""
    drawn = 0
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT16:
            continue
        values = unrounded(numpy_helper.to_array(tensor), random)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
        drawn += values.size
    return drawn


def parser_file(weights: Path) -> str:
    return json.loads((weights / "manifest.json").read_text())["parser"]["file"]


def drawn_folder(weights: Path, folder: Path, seed: int) -> Path:
    """A weights folder whose parser has one of the full-precision networks that round to it."""
    file = parser_file(weights)
    model = onnx.load(weights / file)
    if not unround_weights(model, np.random.default_rng(seed)):
        raise SystemExit(f"{weights / file} has no float16 weights")
    onnx.save(model, folder / file)
    shutil.copy(weights / "manifest.json", folder)
    return folder


def against_draws(weights: Path, draws: int, samples: list[Sample]) -> dict[str, dict]:
    """Figures of the shipped file and of each drawn network, by name."""
    found = {"shipped": accuracy(*predict(ShippedParser(weights), samples))}
    for seed in range(draws):
        with TemporaryDirectory() as folder:
            parser = ShippedParser(drawn_folder(weights, Path(folder), seed))
            found[f"drawn {seed + 1}"] = accuracy(*predict(parser, samples))
    return found


def against_checkpoint(path: Path, weights: Path, side: int, samples: list[Sample]) -> dict:
    """Figures of the file that a checkpoint becomes and of the checkpoint in PyTorch, by name."""
    network, _ = load_parser(path)
    with TemporaryDirectory() as folder:
        export_parser(network, Path(folder) / parser_file(weights))
        shutil.copy(weights / "manifest.json", folder)
        stored = accuracy(*predict(ShippedParser(Path(folder), side), samples))
    full = accuracy(*predict(torch_parser(path, side, "cpu"), samples))
    return {f"{path.parent.name}, as stored": stored, "in full precision": full}


def table(found: dict[str, dict]) -> str:
    """Markdown; the loss is what the others have in the mean more than the first."""
    rows = [[name, *(number(values[f], 4) for f in FIGURES)] for name, values in found.items()]
    first, *others = found.values()
    losses = ["lost by rounding"]
    for figure in FIGURES:
        values = [other[figure] for other in others]
        known = first[figure] is not None and None not in values
        losses.append(signed(np.mean(values) - first[figure], 4) if known else "n/a")
    return rows_to_table(["weights", *FIGURES.values()], [*rows, losses])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_arguments(parser)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--draws", type=int, default=3, help="networks that round to the file")
    parser.add_argument("--checkpoint", type=Path, help="compare this run with what it becomes")
    parser.add_argument("--side", type=int, default=0, help="input side (the manifest's)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = chosen_samples(options)
    if options.checkpoint:
        side = options.side or ShippedParser(options.weights).side
        found = against_checkpoint(options.checkpoint, options.weights, side, samples)
    else:
        found = against_draws(options.weights, options.draws, samples)
    print(table(found))


if __name__ == "__main__":
    main()
