"""Trains networks on one budget and compares them: `python -m armoire.compare CONFIG...`.

Every configuration is trained with every seed (runs that are there already are resumed or left as
they are) and measured alike. Prints AP with intervals, the difference from the first configuration
and the graph's milliseconds; draws AP over milliseconds beside the shipped parser.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from armoire import checkpoint, train
from armoire.config import MODEL, read_config
from armoire.data.sample import Sample
from armoire.evaluate import mean, predict, torch_parser
from armoire.export import WEIGHTS, count, export_parser, load_parser
from armoire.runtime import ShippedParser
from armoire.scoring import accumulate, category_ap, ground_truth, resampled
from armoire.tables import number, rows_to_table
from armoire.tradeoff import (
    TIMED,
    Point,
    accuracy,
    add_data_arguments,
    chosen_samples,
    draw,
    frequent,
    read_photos,
    time_graphs,
)

log = logging.getLogger(__name__)


@dataclass
class Entry:
    """One configuration over its seeds: `drawn` [resamples] is box AP of redrawn photos."""

    name: str
    side: int
    graph: Path
    parameters: int
    box: list[float]
    mask: list[float]
    drawn: np.ndarray
    figures: dict


def train_run(config: Path, seed: int, folder: Path, options: argparse.Namespace) -> Path:
    """A finished run's checkpoint."""
    last = folder / "last.pt"
    schedule = read_config(config).schedule
    minutes = 0.0 if options.steps else options.minutes or schedule.minutes
    if last.exists():
        state = checkpoint.load(last)
        done = state["elapsed"] / 60 / minutes if minutes else state["step"] / options.steps
        if done >= 1:
            return last
    arguments = [str(config), "--out", str(folder), "--seed", str(seed), "--resume"]
    arguments += ["--device", options.device]
    for name in ("minutes", "steps", "train_data"):
        if getattr(options, name):
            flag = "--data" if name == "train_data" else f"--{name}"
            arguments += [flag, str(getattr(options, name))]
    train.main(arguments)
    return last


def measure(config: Path, samples: list[Sample], options: argparse.Namespace) -> Entry:
    """Trains a configuration with every seed and measures each on the same photos."""
    side = read_config(config).augment.side
    boxes, masks, drawn, figures = [], [], [], {}
    for seed in options.seeds:
        folder = options.out / f"{config.stem}-{seed}"
        last = train_run(config, seed, folder, options)
        kept, rows = predict(torch_parser(last, side, options.device), samples)
        often, truth = frequent(kept), ground_truth(kept)
        run = accumulate(truth, rows)
        boxes.append(mean(category_ap(run)[often]))
        masks.append(mean(category_ap(accumulate(truth, rows, "segm"))[often]))
        drawn.append(resampled(run, often, options.bootstrap)[:, 0])
        figures = figures or accuracy(kept, rows)
    network, _ = load_parser(last)
    graph = options.out / f"{config.stem}.onnx"
    export_parser(network, graph)
    size = count(network)
    return Entry(config.stem, side, graph, size, boxes, masks, np.mean(drawn, 0), figures)


def interval(values: np.ndarray) -> str:
    low, high = np.nanquantile(values, [0.025, 0.975])
    return f"[{number(low)}, {number(high)}]".replace("-0.", "-.")


def table(entries: list[Entry], times: list[float]) -> str:
    """Markdown: means over seeds; intervals over photos, those of differences by the same draws."""
    first = entries[0]
    rows = []
    for entry, ms in zip(entries, times, strict=True):
        change = np.mean(entry.box) - np.mean(first.box)
        difference = f"{change:+.3f} {interval(entry.drawn - first.drawn)}"
        rows.append(
            [
                entry.name,
                f"{number(np.mean(entry.box))} {interval(entry.drawn)}",
                ", ".join(number(v) for v in entry.box),
                number(np.mean(entry.mask)),
                "" if entry is first else difference,
                f"{entry.parameters / 1e6:.1f}",
                f"{ms:.1f}",
                f"{ms / times[0]:.2f}",
            ]
        )
    head = ["", "box AP", "by seed", "mask AP", "difference", "M parameters", "ms", "× first"]
    return rows_to_table(head, rows)


def shipped_point(weights: Path, samples: list[Sample]) -> tuple[Point, Path]:
    parser = ShippedParser(weights)
    kept, rows = predict(parser, samples)
    point = Point("shipped", parser.side, 0.0, **accuracy(kept, rows), shipped=True)
    return point, weights / parser.manifest["parser"]["file"]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_arguments(parser)
    parser.add_argument("configs", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--minutes", type=float, default=0.0, help="a run (the configuration's)")
    parser.add_argument("--steps", type=int, default=0, help="a run, instead of minutes")
    parser.add_argument("--train-data", help="instead of the configured set")
    parser.add_argument("--bootstrap", type=int, default=200, help="resamples of the photos")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the shipped point's")
    parser.add_argument("--out", type=Path, default=MODEL / "runs/compare")
    parser.add_argument("--plot", type=Path, help="PNG of AP over milliseconds")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = chosen_samples(options)
    options.out.mkdir(parents=True, exist_ok=True)
    entries = [measure(config, samples, options) for config in options.configs]
    shipped, shipped_graph = shipped_point(options.weights, samples)
    photos = [photo for _, photo in read_photos(samples[:: max(1, len(samples) // TIMED)])]
    graphs = [(entry.graph, entry.side) for entry in entries] + [(shipped_graph, shipped.side)]
    *times, shipped.ms = time_graphs(graphs, photos)
    text = table(entries, times)
    print(text)
    (options.out / "table.md").write_text(text)
    points = [
        Point(entry.name, entry.side, ms, **entry.figures)
        for entry, ms in zip(entries, times, strict=True)
    ]
    draw([*points, shipped], options.plot or options.out / "plot.png", "one budget each", "o")
    rows = [
        {"name": e.name, "box": e.box, "mask": e.mask, "ms": ms}
        for e, ms in zip(entries, times, strict=True)
    ]
    (options.out / "table.json").write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
