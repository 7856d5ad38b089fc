"""Input size and score threshold, measured on the dev part: `run.sh choose CHECKPOINT`."""

import argparse
import json
import logging
from pathlib import Path

from armoire.data.sources import read_split
from armoire.evaluation.predict import predict, torch_parser
from armoire.evaluation.threshold import measure
from armoire.training.checkpoint import load_parser
from tools.arguments import add_dev_share, add_device, add_folder


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    add_folder(parser)
    add_dev_share(parser)
    parser.add_argument("--sides", type=int, nargs="+", default=[320, 352, 384, 416, 448])
    add_device(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    dev = read_split(options.data, "dev", dev_share=options.dev_share)
    network, _ = load_parser(options.checkpoint)
    for side in options.sides:
        samples, rows = predict(torch_parser(network, side, options.device), dev)
        print(json.dumps({"side": side, **measure(samples, rows)}))


if __name__ == "__main__":
    main()
