"""Fits the embedder: `run.sh fit_embedder OUT.pt [--data FOLDER --format deepfashion2]`.

`--format deepfashion2` takes pairs by (pair_id, style) from the photos of shoppers and shops;
otherwise a pair is two views of one garment. Writes OUT.pt, and the curve as OUT.json.
"""

import argparse
import json
import logging
from pathlib import Path

import torch

from armoire.data.coco import read_coco
from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sources import FORMATS
from armoire.modeling.embedder import Embedder
from armoire.modeling.onnx_backbone import read_backbone
from armoire.retrieval.contrast import ContrastiveConfig
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.embedder_training import fit_to_pairs, fit_to_views
from armoire.retrieval.pairs import QUARTERS
from armoire.training.checkpoint import save
from tools.arguments import add_folder, add_weights


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    add_folder(parser)
    parser.add_argument("--format", default="coco", choices=FORMATS)
    add_weights(parser, "folder of the parser that cuts the crops")
    parser.add_argument("--epochs", type=int, default=ContrastiveConfig.epochs)
    parser.add_argument(
        "--parts", type=float, nargs=3, default=[0.25, 0.35, 0.4], help="initial part weights"
    )
    parser.add_argument("--quarters", type=int, default=QUARTERS, help="of the items, worn")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(options.seed)
    embedder = Embedder(read_backbone(options.weights / "parser.onnx")).eval()
    embedder.projection.weights.copy_(torch.tensor(options.parts))
    detector = GarmentDetector(options.weights)
    config = ContrastiveConfig(epochs=options.epochs, seed=options.seed)
    if options.format == "deepfashion2":
        samples = read_deepfashion2(options.data, "train")
        state = fit_to_pairs(embedder, detector, samples, config)
    else:
        samples = read_coco(options.data, "train")
        state = fit_to_views(embedder, detector, samples, config, options.quarters)
    save(options.out, state)
    text = json.dumps({k: state[k] for k in ("curve", "chosen")}, indent=1)
    options.out.with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
