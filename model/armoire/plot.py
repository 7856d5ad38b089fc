"""Draws a run's losses and what it reached on the part kept aside: `... plot RUN [--out PNG]`.

RUN is a training's folder, or the .json that `fit_embedder` wrote.
"""

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


def draw_embedder(curve: list[dict], target: Path) -> None:
    """Losses (left) and retrieval on the part kept aside (right) over epochs."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    learnt = [row for row in curve if "losses" in row]
    epochs = [row["epoch"] for row in learnt]
    for name in learnt[0]["losses"] if learnt else ():
        left.plot(epochs, [row["losses"][name] for row in learnt], marker="o", label=name)
    left.set(xlabel="epochs", ylabel="loss, weighted", title="training")
    left.legend(frameon=False)
    for name in ("recall@1", "recall@10", "category@10", "colour@10"):
        rows = [row for row in curve if name in row]
        heights = [row[name] for row in rows]
        right.plot([row["epoch"] for row in rows], heights, marker="o", label=name)
    right.set(xlabel="epochs", ylim=(0, 1), title="retrieval on the part kept aside")
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    if options.run.suffix == ".json":
        curve = json.loads(options.run.read_text())["curve"]
        draw_embedder(curve, options.out or options.run.with_suffix(".png"))
    else:
        draw(read_log(options.run), options.out or options.run / "curve.png")


if __name__ == "__main__":
    main()
