"""Calibrates the parser's scores: `run.sh calibrate [--plot PNG] [--update-manifest]`.

Fits on the dev part of train, measures on val.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.data.sources import read_split
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.calibration import calibrate, collect
from armoire.evaluation.predict import predict
from armoire.manifest import edit_manifest
from armoire.paths import RUNS
from tools.arguments import add_dev_share, add_folder, add_weights


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_dev_share(parser)
    add_weights(parser)
    parser.add_argument("--plot", type=Path, default=RUNS / "calibration.png")
    parser.add_argument("--update-manifest", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parse = ShippedParser(options.weights)
    dev, val = (
        collect(*predict(parse, read_split(options.data, split, dev_share=options.dev_share)))
        for split in ("dev", "val")
    )
    entry = calibrate(dev, val, parse.manifest["parser"]["scoreThreshold"], options.plot)
    print(json.dumps({k: v for k, v in entry.items() if k != "points"}, indent=2))
    if options.update_manifest:
        with edit_manifest(options.weights) as manifest:
            manifest["parser"]["calibration"] = entry


if __name__ == "__main__":
    main()
