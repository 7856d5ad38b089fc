"""Fits and exports the compatibility model: `run.sh fit_compatibility`.

Learns from the looks of train and more; writes compatibility.onnx and the manifest's entry.
"""

import argparse
import logging

import torch

from armoire.outfits.fitting import FitConfig
from armoire.outfits.repeats import outfit_groups
from armoire.outfits.shipping import TRAIN, ship
from armoire.outfits.wardrobe import read_wardrobe
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_weights(parser, "folder of the embedder, to write to")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    wardrobe = read_wardrobe(options.data, options.weights)
    groups = outfit_groups(wardrobe, wardrobe.looks(TRAIN))
    entry = ship(wardrobe, groups, options.weights, FitConfig())
    log.info("%s, %.0f KiB", entry["file"], entry["bytes"] / 1024)


if __name__ == "__main__":
    main()
