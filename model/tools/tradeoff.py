"""AP over milliseconds by input size: `run.sh tradeoff [--sides 224 288 ...] [--out PNG]`."""

import argparse
import json
import logging
from dataclasses import asdict
from pathlib import Path

from armoire.paths import RUNS
from armoire.studies.tradeoff import SIDES, draw_tradeoff, measure_sides, table
from tools.arguments import add_samples, add_weights, read_samples


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_samples(parser)
    add_weights(parser)
    parser.add_argument("--sides", type=int, nargs="+", default=SIDES)
    parser.add_argument("--out", type=Path, default=RUNS / "tradeoff/resolution.png")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    points = measure_sides(options.weights, options.sides, read_samples(options))
    draw_tradeoff(points, options.out, f"the shipped parser by input size, {options.split}")
    options.out.with_suffix(".json").write_text(json.dumps([asdict(p) for p in points], indent=2))
    print(table(points))


if __name__ == "__main__":
    main()
