"""Training curves: losses, and what was measured on the dev part."""

import json
import re
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

LOSSES = ("cls", "box", "mask", "objectness", "proposal")


def read_log(folder: Path) -> list[dict]:
    """The lines of a run folder's `log.jsonl`."""
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def draw_run(rows: list[dict], target: Path) -> None:
    """Losses (left) and dev AP (right) over minutes; `rows` as `read_log` gives them."""
    losses = [row for row in rows if "total" in row]
    evaluated = [row for row in rows if "dev" in row]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    minutes = [row["minutes"] for row in losses]
    for name in LOSSES:
        left.plot(minutes, [row.get(name) for row in losses], label=name, linewidth=1)
    left.set(xlabel="minutes", ylabel="loss", ylim=(0, 1), title="training")
    left.legend(frameon=False)
    at = [row["minutes"] for row in evaluated]
    for name, label in (("ap50", "AP50"), ("ap", "AP"), ("ap50_all", "AP50, all categories")):
        right.plot(at, [row["dev"].get(name) for row in evaluated], marker="o", label=label)
    right.set(xlabel="minutes", ylim=(0, 1), title="box AP on the dev part")
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def smoothed(values: list[float], width: int = 5) -> np.ndarray:
    """Moving average over `width` values; shorter at the ends."""
    kernel = np.ones(min(width, len(values)))
    return np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same")


def draw_runs(runs: dict[str, list[dict]], target: Path) -> None:
    """Total loss (left) and dev AP (right) of several runs over steps; `runs` is log rows by name.

    Runs whose names differ in the seed alone (`NAME-1`, `NAME-2`) share a colour.
    """
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), constrained_layout=True)
    colours: dict[str, str] = {}
    for name, rows in runs.items():
        group = re.sub(r"-\d+$", "", name)
        label = "_" if group in colours else group
        colour = colours.setdefault(group, f"C{len(colours)}")
        losses = [row for row in rows if "total" in row]
        steps, totals = [r["step"] for r in losses], smoothed([r["total"] for r in losses])
        left.plot(steps, totals, color=colour, linewidth=1, label=label)
        evaluated = [row for row in rows if "dev" in row]
        at, heights = [r["step"] for r in evaluated], [r["dev"]["ap"] for r in evaluated]
        right.plot(at, heights, color=colour, linewidth=1, marker="o", label=label)
    left.set(xlabel="steps", ylabel="loss", title="training")
    left.set_ylim(bottom=0)
    right.set(xlabel="steps", title="box AP on the dev part")
    right.set_ylim(bottom=0)
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def draw_embedder(curve: list[dict], target: Path) -> None:
    """The embedder's losses (left) and retrieval on the dev part (right) over epochs."""
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
    right.set(xlabel="epochs", ylim=(0, 1), title="retrieval on the dev part")
    right.grid(alpha=0.3)
    right.legend(frameon=False)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)
