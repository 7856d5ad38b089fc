"""In-shop retrieval: `run.sh retrieve --queries FOLDER [--compare NAME=FOLDER ...]`.

FOLDER holds photo-like queries (queries.json: file, item, bbox). `--compare` adds the baselines and
the exported files of other folders.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.deploy.runtime import ShippedEmbedder
from armoire.manifest import edit_manifest
from armoire.retrieval.baselines import lab_histogram, raw_features
from armoire.retrieval.benchmark import measure, read_benchmark, table
from armoire.retrieval.colours import measure_colours
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.embed import Embed
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)


def embedders(options: argparse.Namespace) -> dict[str, Embed]:
    """Embedders by name: baselines, compared ones, and last the shipped one."""
    found: dict[str, Embed] = {}
    if options.compare is not None:
        found["Lab colour histogram"] = lab_histogram
        found["backbone features, pooled"] = raw_features(options.weights / "parser.onnx")
        for entry in options.compare:
            name, _, folder = entry.partition("=")
            found[name] = ShippedEmbedder(Path(folder))
    return found | {"shipped": ShippedEmbedder(options.weights)}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    parser.add_argument("--split", default="val")
    parser.add_argument("--queries", type=Path, help="folder of photo-like queries")
    add_weights(parser)
    parser.add_argument("--compare", nargs="*", help="with the baselines and NAME=FOLDER of others")
    parser.add_argument("--update-manifest", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    detector = GarmentDetector(options.weights)
    bench = read_benchmark(detector, options.data, options.split, options.queries)
    results = {}
    for name, embed in embedders(options).items():
        results[name] = measure(embed, bench)
        log.info("%s: %s", name, json.dumps(results[name]))
    results["shipped"] |= measure_colours(options.weights, bench.items, bench.street)
    print(table(results))
    print(json.dumps(results["shipped"], indent=2))
    if options.update_manifest:
        whole = int(bench.items.column("whole").sum())
        counts = {"items": len(bench.items.rows), "embeddedWhole": whole}
        with edit_manifest(options.weights) as manifest:
            before = manifest.get("retrieval", {})
            keep = {k: v for k, v in before.items() if k == "calibration"}
            manifest["retrieval"] = counts | results["shipped"] | keep


if __name__ == "__main__":
    main()
