"""Draws training curves: `run.sh plot RUN... [--out PNG]`.

RUN is a training's folder, or the .json that `fit_embedder` wrote. Several folders are drawn
together by steps, runs whose names differ in the seed alone (`NAME-1`, `NAME-2`) in one colour.
"""

import argparse
import json
from pathlib import Path

from armoire.training.curves import draw_embedder, draw_run, draw_runs, read_log


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    first = options.run[0]
    if len(options.run) > 1:
        runs = {folder.resolve().name: read_log(folder) for folder in options.run}
        draw_runs(runs, options.out or first.parent / "curves.png")
    elif first.suffix == ".json":
        curve = json.loads(first.read_text())["curve"]
        draw_embedder(curve, options.out or first.with_suffix(".png"))
    else:
        draw_run(read_log(first), options.out or first / "curve.png")


if __name__ == "__main__":
    main()
