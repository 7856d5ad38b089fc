"""What storing weights as float16 costs in AP: `run.sh rounding [--draws 3]`.

With `--checkpoint`, a run is compared with the file that it becomes.
"""

import argparse
import logging
from pathlib import Path

from armoire.deploy.runtime import ShippedParser
from armoire.studies.rounding import against_checkpoint, against_draws, table
from armoire.training.checkpoint import load_parser
from tools.arguments import add_samples, add_weights, read_samples


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_samples(parser)
    add_weights(parser)
    parser.add_argument("--draws", type=int, default=3, help="networks that round to the file")
    parser.add_argument("--checkpoint", type=Path, help="compare this run with what it becomes")
    parser.add_argument("--side", type=int, default=0, help="input side (the manifest's)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_samples(options)
    if options.checkpoint:
        side = options.side or ShippedParser(options.weights).side
        network, _ = load_parser(options.checkpoint)
        name = options.checkpoint.parent.name
        found = against_checkpoint(name, network, options.weights, side, samples)
    else:
        found = against_draws(options.weights, options.draws, samples)
    print(table(found))


if __name__ == "__main__":
    main()
