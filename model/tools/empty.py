"""How many photos without garments stay without a detection: `run.sh empty [--data FOLDER]`.

Looks at the photos of a split that have no annotated garment.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.empty import calibrated, share_empty, surest_by_photo
from armoire.evaluation.predict import predict, torch_parser
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser
from tools.arguments import add_device, add_samples, add_weights, read_samples

# Pages call what has a lower calibrated score possible, and show it only when asked to.
LIKELY = 0.5


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_samples(parser)
    add_weights(parser)
    parser.add_argument("--checkpoint", type=Path, help="measure a training's weights instead")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.3, 0.4, 0.5, 0.6, 0.7])
    add_device(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = [s for s in read_samples(options) if not s.garments]
    if options.checkpoint:
        network, _ = load_parser(options.checkpoint)
        parse = torch_parser(network, LONG_SIDE, options.device)
    else:
        parse = ShippedParser(options.weights)
    samples, rows = predict(parse, samples)
    surest = surest_by_photo(samples, rows)
    shares = {str(t): round(share_empty(surest, t), 4) for t in options.thresholds}
    report = {"photos": len(surest), "empty": shares}
    if isinstance(parse, ShippedParser):
        entry = parse.manifest["parser"]
        shown = [row for row in rows if row["score"] >= entry["scoreThreshold"]]
        surest = surest_by_photo(samples, calibrated(shown, entry["calibration"]["points"]))
        report["emptyOnPages"] = round(share_empty(surest, LIKELY), 4)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
