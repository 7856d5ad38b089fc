"""Draws a run's losses and dev AP: `python -m armoire.plot runs/NAME [--out PNG]`."""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

LOSSES = ("cls", "box", "mask", "objectness", "proposal")


def read_log(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def draw(rows: list[dict], target: Path) -> None:
    """Losses (left) and AP on the watched photos (right) over minutes of training."""
    losses = [row for row in rows if "total" in row]
    watched = [row for row in rows if "dev" in row]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    minutes = [row["minutes"] for row in losses]
    for name in LOSSES:
        left.plot(minutes, [row.get(name) for row in losses], label=name, linewidth=1)
    left.set(xlabel="minutes", ylabel="loss", ylim=(0, 1), title="training")
    left.legend(frameon=False)
    at = [row["minutes"] for row in watched]
    for name, label in (("ap50", "AP50"), ("ap", "AP"), ("ap50_all", "AP50, all categories")):
        right.plot(at, [row["dev"].get(name) for row in watched], marker="o", label=label)
    right.set(xlabel="minutes", ylim=(0, 1), title="box AP on the part kept aside")
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    draw(read_log(options.run), options.out or options.run / "curve.png")


if __name__ == "__main__":
    main()
