"""Calibrates the scores of matches: `run.sh calibrate_matches --queries FOLDER [--diagram PNG]`.

Fits on the dev part of train, measures on a split, and writes `embedder.score` into the manifest.
"""

import argparse
import json
import logging
from pathlib import Path

import numpy as np

from armoire.deploy.runtime import ShippedEmbedder
from armoire.evaluation.reliability import draw_reliability, expected_calibration_error
from armoire.manifest import edit_manifest
from armoire.retrieval.calibration import (
    PAGE_SIZE,
    cutoffs,
    dev_matches,
    find_matches,
    fit_points,
    score_of,
    split_matches,
)
from armoire.retrieval.cutout import GarmentDetector
from tools.arguments import add_folder, add_weights


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    parser.add_argument("--split", default="val")
    parser.add_argument("--queries", type=Path, required=True, help="folder of photo-like queries")
    add_weights(parser)
    parser.add_argument("--diagram", type=Path, help="PNG of the reliability on the split")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    detector, embed = GarmentDetector(options.weights), ShippedEmbedder(options.weights)
    queries, items = dev_matches(detector, options.data)
    fitted = find_matches(embed, queries, items)
    xs, ys = fit_points(fitted.cosine.ravel(), fitted.right.ravel(), fitted.weight.ravel())
    points = [[round(float(x), 4), round(float(y), 4)] for x, y in zip(xs, ys, strict=True)]
    result = {"points": points, **cutoffs(fitted, points)}
    measured = split_matches(detector, options.data, options.split, options.queries, items)
    seen = find_matches(embed, *measured)
    curves, errors = {}, {}
    for name, part in (("first page", seen.first(PAGE_SIZE)), ("all ranks", seen)):
        right, weight = part.right.ravel(), part.weight.ravel()
        before, after = np.clip(part.cosine.ravel(), 0, 1), score_of(part.cosine.ravel(), points)
        curves[name] = {"cosine": (before, right, weight), "score": (after, right, weight)}
        errors[name] = {
            "pairs": int(part.cosine.size),
            "before": round(expected_calibration_error(before, right, weight), 4),
            "after": round(expected_calibration_error(after, right, weight), 4),
        }
    print(json.dumps({"score": result, "expectedCalibrationError": errors}, indent=2))
    if options.diagram:
        draw_reliability(curves, options.diagram)
    with edit_manifest(options.weights) as manifest:
        manifest["embedder"]["score"] = result
        manifest.setdefault("retrieval", {})["calibration"] = errors


if __name__ == "__main__":
    main()
