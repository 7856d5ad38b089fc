"""Trains networks on one budget and compares them: `run.sh compare CONFIG... [--seeds 1 2 3]`.

The others are compared with the first configuration. Prints tables, and draws AP over milliseconds
beside the shipped parser.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.paths import RUNS
from armoire.studies.compare import Budget, compare
from armoire.studies.tradeoff import draw_tradeoff
from tools.arguments import add_device, add_samples, add_weights, read_samples


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_samples(parser)
    parser.add_argument("configs", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--minutes", type=float, default=0.0, help="a run (the configuration's)")
    parser.add_argument("--steps", type=int, default=0, help="a run, instead of minutes")
    parser.add_argument("--train-data", default="", help="instead of the configured set")
    parser.add_argument("--bootstrap", type=int, default=200, help="resamples of the photos")
    add_weights(parser, "the shipped point's")
    parser.add_argument("--out", type=Path, default=RUNS / "compare")
    parser.add_argument("--plot", type=Path, help="PNG of AP over milliseconds")
    add_device(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    options.out.mkdir(parents=True, exist_ok=True)
    budget = Budget(
        out=options.out,
        device=options.device,
        seeds=options.seeds,
        minutes=options.minutes,
        steps=options.steps,
        train_data=options.train_data,
        resamples=options.bootstrap,
    )
    text, rows, points = compare(options.configs, read_samples(options), budget, options.weights)
    print(text)
    (options.out / "table.md").write_text(text)
    (options.out / "table.json").write_text(json.dumps(rows, indent=2))
    title = "trained on one budget, and the shipped parser"
    draw_tradeoff(points, options.plot or options.out / "plot.png", title, "o")


if __name__ == "__main__":
    main()
