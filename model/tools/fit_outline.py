"""Fits the outline network and measures it: `run.sh fit_outline OUT`.

Its encoder starts as the shipped parser's. It learns from train and more, whose rough masks the
parser makes first (some minutes), and is measured on dev and the held-out part of more, or
on another split. OUT is a checkpoint, written every 300 steps; OUT.onnx lies beside it.
"""

import argparse
import logging
from pathlib import Path

import torch
from tqdm import tqdm

from armoire.data.rough import Example, examples_of
from armoire.data.sample import Sample, read_rgb
from armoire.data.sources import HOLDOUT_SHARE, held_out, in_dev, read_split
from armoire.deploy.outline import export_outline
from armoire.deploy.runtime import ShippedParser
from armoire.modeling.onnx_backbone import read_backbone
from armoire.modeling.outline import Outline
from armoire.training.outline import Fit, fit, measure
from tools.arguments import add_dev_share, add_folder, add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="checkpoint to write")
    add_folder(parser)
    add_weights(parser, "folder of the parser")
    add_dev_share(parser)
    parser.add_argument("--splits", nargs="+", default=["train", "more"], help="to learn from")
    parser.add_argument("--measure", nargs="+", default=["dev", "held-out"], metavar="SPLIT")
    parser.add_argument("--epochs", type=float, default=Fit.epochs, help="0: measure alone")
    parser.add_argument("--start", type=Path, help="go on from a checkpoint")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parse = ShippedParser(options.weights)
    network = Outline(read_backbone(options.weights / "parser.onnx"))
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    if options.epochs > 0:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        fit(
            network,
            gather(parse, known_photos(options)),
            Fit(epochs=options.epochs),
            lambda: torch.save(network.state_dict(), options.out),
        )
        torch.save(network.state_dict(), options.out)
        export_outline(network, options.out.with_suffix(".onnx"))
    samples = [s for split in options.measure for s in measured(options, split)]
    for line in measure(network.eval(), gather(parse, samples)):
        log.info(line)


def measured(options: argparse.Namespace, split: str) -> list[Sample]:
    return read_split(options.data, split, dev_share=options.dev_share)


def known_photos(options: argparse.Namespace) -> list[Sample]:
    """What may be learned from: not dev, nor the held-out part of more."""
    known = []
    for split in options.splits:
        for sample in read_split(options.data, split):
            is_dev = split == "train" and in_dev(sample, options.dev_share)
            if not is_dev and not (split == "more" and held_out(sample, HOLDOUT_SHARE)):
                known.append(sample)
    return known


def gather(parse: ShippedParser, samples: list[Sample]) -> list[Example]:
    """The garments with good outlines, with what the parser finds of them."""
    threshold = parse.manifest["parser"]["scoreThreshold"]
    examples = []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        try:
            found = parse(read_rgb(sample.path))
        except (ValueError, OSError) as error:
            log.warning("skipped: %s", error)
            continue
        examples += examples_of(sample, found, threshold)
    return examples


if __name__ == "__main__":
    main()
