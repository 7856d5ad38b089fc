"""Fits, measures and ships the pattern head: `run.sh fit_attributes`.

Learns from the labelled garments of train and more, measures on those of val, writes
attributes.onnx and the manifest's entry. To be run again after a change of the embedder.
"""

import argparse
import json
import logging

import numpy as np
import torch

from armoire.deploy.attributes import FILE, attributes_entry, export_attributes
from armoire.deploy.runtime import ShippedEmbedder, open_session
from armoire.manifest import edit_manifest
from armoire.modeling.pattern import PATTERNS
from armoire.retrieval.patterns import FIT_SPLITS, batches, fit_head, measure, read_labelled
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_weights(parser, "folder to write to")
    parser.add_argument("--version", default="1", help="of the entry; items are read anew for it")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    found = read_labelled(options.data, FIT_SPLITS)
    embed = ShippedEmbedder(options.weights)
    head, thresholds = fit_head(found, embed)
    export_attributes(head, options.weights / FILE)
    val = read_labelled(options.data, ("val",))
    session = open_session(options.weights / FILE, threads=1)
    probabilities = []
    for crops, embedded in batches(val, embed):
        probabilities += session.run(None, {"crops": crops, "embeddings": embedded})
    measured = measure(np.concatenate(probabilities), val, thresholds)
    values = {
        "model": f"patterns-{options.version}",
        "thresholds": dict(zip(PATTERNS, thresholds, strict=True)),
        "temperature": float(head.temperature),
        "trainedOn": f"{len(found.pattern)} labelled garments of train and more",
        "measured": measured,
    }
    with edit_manifest(options.weights) as manifest:
        values["embedder"] = manifest["embedder"]["model"]
        manifest["attributes"] = attributes_entry(options.weights, values)
        entry = manifest["attributes"]
    log.info(json.dumps(measured, indent=1))
    log.info("%s, %.0f KiB, %s", entry["file"], entry["bytes"] / 1024, values["thresholds"])


if __name__ == "__main__":
    main()
