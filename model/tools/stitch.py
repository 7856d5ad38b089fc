"""Puts a trained parser's heads on another backbone: `run.sh stitch TRAINED CONFIG OUT`."""

import argparse
import logging
from pathlib import Path

from armoire.training.checkpoint import save_start
from armoire.training.config import read_config
from armoire.training.loading import training_data
from armoire.training.stitch import stitched


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="the checkpoint that the heads come from")
    parser.add_argument("config", type=Path, help="names the new backbone and the photos")
    parser.add_argument("out", type=Path)
    parser.add_argument("--photos", type=int, default=300)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    config = read_config(options.config)
    samples, _, _ = training_data(config)
    save_start(options.out, stitched(config, options.trained, samples, options.photos), config.name)


if __name__ == "__main__":
    main()
