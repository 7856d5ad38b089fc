"""Writes parser.onnx, embedder.onnx and manifest.json: `run.sh export CHECKPOINT --version V`."""

import argparse
import json
import logging
from pathlib import Path

from armoire.deploy.export import (
    export_embedder,
    export_manifest,
    export_parser,
    load_embedder,
    training_entry,
)
from armoire.paths import WEIGHTS
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--embedder", type=Path, help="weights from fit_embedder")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--version", required=True)
    parser.add_argument(
        "--side", type=int, default=LONG_SIDE, help="long side of the parser's input"
    )
    parser.add_argument("--threshold", type=float, default=0.5, help="default score threshold")
    parser.add_argument("--training", type=json.loads, default={}, help="JSON for the manifest")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    network, state = load_parser(options.checkpoint)
    embedder, prototypes = load_embedder(network.backbone, options.embedder)
    export_parser(network, options.out / "parser.onnx")
    export_embedder(embedder, options.out / "embedder.onnx")
    values = {"side": options.side, "threshold": options.threshold, "version": options.version}
    values |= {"training": training_entry(state, options.training), "prototypes": prototypes}
    manifest = export_manifest(options.out, network, embedder, values)
    for part in ("parser", "embedder"):
        entry = manifest[part]
        log.info("%s: %.1f MiB, %d parameters", part, entry["bytes"] / 2**20, entry["parameters"])


if __name__ == "__main__":
    main()
