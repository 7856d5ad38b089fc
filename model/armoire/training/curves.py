"""Draws a run's losses and what it reached on the part kept aside: `... plot RUN [--out PNG]`.

RUN is a training's folder, or the .json that `fit_embedder` wrote. Several folders are drawn
together by steps, runs whose names differ in the seed alone (`NAME-1`, `NAME-2`) in one colour.
"""

import argparse
import json
import re
from pathlib import Path

import matplotlib
import numpy as np

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


def smoothed(values: list[float], width: int = 5) -> np.ndarray:
    """Means of up to `width` neighbours."""
    kernel = np.ones(min(width, len(values)))
    return np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same")


def draw_runs(runs: dict[str, list[dict]], target: Path) -> None:
    """Total losses (left) and AP on the watched photos (right) over steps; `runs` by name."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    colours: dict[str, str] = {}
    for name, rows in runs.items():
        group = re.sub(r"-\d+$", "", name)
        label = "_" if group in colours else group
        colour = colours.setdefault(group, f"C{len(colours)}")
        losses = [row for row in rows if "total" in row]
        steps, totals = [r["step"] for r in losses], smoothed([r["total"] for r in losses])
        left.plot(steps, totals, color=colour, linewidth=1, label=label)
        watched = [row for row in rows if "dev" in row]
        at, heights = [r["step"] for r in watched], [r["dev"]["ap"] for r in watched]
        right.plot(at, heights, color=colour, linewidth=1, marker="o", label=label)
    left.set(xlabel="steps", ylabel="loss", title="training")
    left.set_ylim(bottom=0)
    right.set(xlabel="steps", title="box AP on the part kept aside")
    right.set_ylim(bottom=0)
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    target.parent.mkdir(parents=True, exist_ok=True)
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
        draw(read_log(first), options.out or first / "curve.png")


if __name__ == "__main__":
    main()
