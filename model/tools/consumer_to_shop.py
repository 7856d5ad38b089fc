"""DeepFashion2's consumer-to-shop retrieval: `run.sh consumer_to_shop FOLDER --out FILE`.

Scores a result file (`--results FILE`), or makes one with the exported files first (`--out FILE`).
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.retrieval.consumer_to_shop import retrieve, score
from tools.arguments import add_weights


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder in DeepFashion2's format")
    parser.add_argument("--split", default="validation")
    add_weights(parser)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--results", type=Path, help="score this result file")
    source.add_argument("--out", type=Path, help="retrieve with the exported files, write, score")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_deepfashion2(options.data, options.split)
    if options.out:
        results = retrieve(options.weights, samples)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results))
    else:
        results = json.loads(options.results.read_text())
    print(json.dumps(score(samples, results), indent=2))


if __name__ == "__main__":
    main()
