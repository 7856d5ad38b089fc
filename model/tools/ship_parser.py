"""Exports a parser, the embedder stays: `run.sh ship_parser CHECKPOINT --version V`.

The embedder's file holds a backbone of its own, so the parser may stand on another one. Vectors
stay as they are, though crops are then cut by the new parser's masks. Calibration and figures were
the old parser's and are dropped: run `calibrate` and `evaluate --update-manifest` next.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.deploy.export import export_parser, parser_entry, training_entry
from armoire.manifest import edit_manifest
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser
from tools.arguments import add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    add_weights(parser, "the folder to change")
    parser.add_argument("--version", required=True)
    parser.add_argument(
        "--side", type=int, default=LONG_SIDE, help="long side of the parser's input"
    )
    parser.add_argument("--threshold", type=float, default=0.5, help="default score threshold")
    parser.add_argument("--training", type=json.loads, default={}, help="JSON for the manifest")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with edit_manifest(options.weights) as manifest:
        network, state = load_parser(options.checkpoint)
        export_parser(network, options.weights / "parser.onnx")
        values = {"side": options.side, "threshold": options.threshold}
        entry = parser_entry(options.weights, network, values)
        manifest |= {
            "version": options.version,
            "parser": entry,
            "training": training_entry(state, options.training),
            "accuracy": {},
        }
    log.info("%.1f MiB, %d parameters", entry["bytes"] / 2**20, entry["parameters"])


if __name__ == "__main__":
    main()
