"""Scores landmarks by DeepFashion2's protocol: `run.sh landmarks FOLDER --checkpoint FILE`.

Instead of a checkpoint with a landmark branch, --weights names a folder of exported files, and
--results a file in the official result format. Prints AP over OKS .50:.95, AP50, AP75, and AP by
category; --out writes the rows that were scored.
"""

import argparse
import json
import logging
from pathlib import Path

from tqdm import tqdm

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.data.sample import Sample
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.landmarks import landmark_rows, summarize_landmarks
from armoire.evaluation.predict import Parse, read_photos, torch_parser
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser
from tools.arguments import add_device


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder in DeepFashion2's format")
    parser.add_argument("--split", default="validation")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="a network with a landmark branch")
    source.add_argument("--weights", type=Path, help="its exported files")
    source.add_argument("--results", type=Path, help="a result file to score")
    parser.add_argument("--side", type=int, default=LONG_SIDE, help="long side of the input")
    parser.add_argument("--limit", type=int, default=0, help="photos at the most (0: all)")
    parser.add_argument("--out", type=Path, help="write the result file here")
    add_device(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_deepfashion2(options.data, options.split)[: options.limit or None]
    if options.results:
        rows = json.loads(options.results.read_text())
    else:
        rows = find(open_parser(options), samples)
    if options.out:
        options.out.write_text(json.dumps(rows))
    print(json.dumps(summarize_landmarks(samples, rows), indent=2))


def open_parser(options: argparse.Namespace) -> Parse:
    """The checkpoint's network or the exported file."""
    if options.weights:
        return ShippedParser(options.weights)
    return torch_parser(load_parser(options.checkpoint)[0], options.side, options.device)


def find(parse: Parse, samples: list[Sample]) -> list[dict]:
    """All garments' landmarks."""
    rows = []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        for _, photo in read_photos([sample]):
            rows += landmark_rows(sample.identifier, parse(photo))
    return rows


if __name__ == "__main__":
    main()
