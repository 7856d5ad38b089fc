"""Exports a fitted embedder, the parser stays: `run.sh ship_embedder FITTED --version V`."""

import argparse
import logging
from pathlib import Path

from armoire.deploy.export import embedder_entry, export_embedder, load_embedder
from armoire.manifest import edit_manifest
from armoire.modeling.onnx_backbone import read_backbone
from tools.arguments import add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fitted", type=Path, help="what fit_embedder wrote")
    add_weights(parser, "the folder to change")
    parser.add_argument("--version", required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with edit_manifest(options.weights) as manifest:
        backbone = read_backbone(options.weights / manifest["parser"]["file"])
        embedder, prototypes = load_embedder(backbone, options.fitted)
        export_embedder(embedder, options.weights / "embedder.onnx")
        values = {"version": options.version, "prototypes": prototypes}
        entry = embedder_entry(options.weights, embedder, values)
        manifest["version"], manifest["embedder"] = options.version, entry
    log.info("%s, %.1f MiB", entry["model"], entry["bytes"] / 2**20)


if __name__ == "__main__":
    main()
