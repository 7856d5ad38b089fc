"""Exports a learnt embedder beside the shipped parser, which stays: `... ship_embedder LEARNT`."""

import argparse
import json
import logging
from pathlib import Path

from armoire.deploy.export import WEIGHTS, embedder_entry, export_embedder, load_embedder
from armoire.modeling.onnx_backbone import read_backbone

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("learnt", type=Path, help="what fit_embedder wrote")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the folder to change")
    parser.add_argument("--version", required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    path = options.weights / "manifest.json"
    manifest = json.loads(path.read_text())
    backbone = read_backbone(options.weights / manifest["parser"]["file"])
    embedder, prototypes = load_embedder(backbone, options.learnt)
    export_embedder(embedder, options.weights / "embedder.onnx")
    values = {"version": options.version, "prototypes": prototypes}
    manifest["version"] = options.version
    manifest["embedder"] = embedder_entry(options.weights, embedder, values)
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    log.info("%s, %.1f MiB", manifest["embedder"]["model"], manifest["embedder"]["bytes"] / 2**20)


if __name__ == "__main__":
    main()
