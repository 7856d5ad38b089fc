"""COCO AP of boxes and masks: `run.sh evaluate [FOLDER] [--checkpoint PATH]`.

Measures the shipped ONNX files, or a training's checkpoint. Prints the AP tables and writes them
with the detections to `runs/evaluation`.
"""

import argparse
import logging
from pathlib import Path

from armoire.data.sources import read_split
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.predict import predict, torch_parser
from armoire.evaluation.report import MAX_PICTURES, write_report
from armoire.evaluation.summary import score, use_box_area
from armoire.evaluation.tables import write_results, write_tables
from armoire.manifest import edit_manifest
from armoire.paths import GARMENTS, RUNS, data_root
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser
from tools.arguments import add_device, add_format_and_split, add_weights


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", default=data_root(GARMENTS), help="the set's folder")
    add_format_and_split(parser)
    add_weights(parser)
    parser.add_argument("--checkpoint", type=Path, help="measure a training's weights instead")
    parser.add_argument("--side", type=int, default=0, help="long side (0: the manifest's)")
    parser.add_argument("--area", choices=["mask", "box"], help="what AP by size goes by")
    parser.add_argument("--bootstrap", type=int, default=200, help="resamples of the photos")
    parser.add_argument("--out", type=Path, default=RUNS / "evaluation")
    parser.add_argument("--report", type=Path, help="folder for an HTML page with the failures")
    pictures = {"type": int, "default": 12, "choices": range(1, MAX_PICTURES + 1), "metavar": "N"}
    parser.add_argument("--pictures", help="of each kind of failure, 1 to 200 (12)", **pictures)
    parser.add_argument(
        "--threshold", type=float, help="the report's score (the manifest's, or .5)"
    )
    parser.add_argument("--update-manifest", action="store_true")
    add_device(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    options = read_arguments(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_split(options.data, options.split, options.format, options.dev_share)
    area = options.area or ("box" if options.format == "deepfashion2" else "mask")
    if area == "box":
        use_box_area(samples)
    if options.checkpoint:
        network, _ = load_parser(options.checkpoint)
        parse = torch_parser(network, options.side or LONG_SIDE, options.device)
        model, shown = str(options.checkpoint), 0.5
    else:
        parse = ShippedParser(options.weights, options.side)
        model, shown = parse.manifest["version"], parse.manifest["parser"]["scoreThreshold"]
    samples, rows = predict(parse, samples)
    write_results(options.out, rows)
    if not any(sample.garments for sample in samples):
        print(f"no annotations: {len(rows)} detections on {len(samples)} photos in {options.out}")
        return
    result = {"split": options.split, "area": area, "model": model}
    result |= score(samples, rows, options.bootstrap)
    print(write_tables(options.out, result, rows))
    if options.report:
        shown = shown if options.threshold is None else options.threshold
        print(write_report(options.report, samples, rows, result, shown, options.pictures))
    if options.update_manifest:
        with edit_manifest(options.weights) as manifest:
            manifest["accuracy"] = result


if __name__ == "__main__":
    main()
