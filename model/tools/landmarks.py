"""Scores landmarks by DeepFashion2's protocol: `run.sh landmarks FOLDER --results FILE`.

FILE is in the official result format. Prints AP over OKS .50:.95, AP50, AP75, and AP by category.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.data.deepfashion2 import read_deepfashion2
from armoire.evaluation.landmarks import summarize_landmarks


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder in DeepFashion2's format")
    parser.add_argument("--split", default="validation")
    parser.add_argument("--results", type=Path, required=True, help="the result file to score")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_deepfashion2(options.data, options.split)
    rows = json.loads(options.results.read_text())
    print(json.dumps(summarize_landmarks(samples, rows), indent=2))


if __name__ == "__main__":
    main()
