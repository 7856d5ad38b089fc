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

from armoire.data.sample import Sample
from armoire.deploy.export import WEIGHTS, count, export_parser, load_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.coco_eval import accumulate, category_ap, ground_truth, resampled
from armoire.evaluation.summary import mean, predict, rounded, torch_parser
from armoire.evaluation.tables import number, rows_to_table, signed
from armoire.studies.tradeoff import (
    TIMED,
    Point,
    accuracy,
    add_data_arguments,
    chosen_samples,
    draw,
    frequent,
    read_photos,
    run_times,
)
from armoire.training import checkpoint
from armoire.training import trainer as train
from armoire.training.config import MODEL, read_config

log = logging.getLogger(__name__)


# Student's t, two-sided 95 %, by the number of seeds.
STUDENT = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365}


@dataclass
class Accuracy:
    """One kind of AP over a configuration's seeds; `drawn` [resamples] is of redrawn photos."""

    ap: list[float]
    ap50: list[float]
    drawn: np.ndarray


@dataclass
class Entry:
    """One configuration over its seeds, a graph for each; `figures` are the seeds' means."""

    name: str
    side: int
    graphs: list[Path]
    parameters: int
    box: Accuracy
    mask: Accuracy
    figures: dict


def train_run(config: Path, seed: int, folder: Path, options: argparse.Namespace) -> Path:
    """A finished run's checkpoint."""
    last = folder / "last.pt"
    schedule = read_config(config).schedule
    minutes = 0.0 if options.steps else options.minutes or schedule.minutes
    steps = options.steps or schedule.steps

    def finished() -> bool:
        if not last.exists():
            return False
        state = checkpoint.load(last)
        return (state["elapsed"] / 60 / minutes if minutes else state["step"] / steps) >= 1

    if finished():
        return last
    arguments = [str(config), "--out", str(folder), "--seed", str(seed), "--resume"]
    arguments += ["--device", options.device]
    for name in ("minutes", "steps", "train_data"):
        if getattr(options, name):
            flag = "--data" if name == "train_data" else f"--{name}"
            arguments += [flag, str(getattr(options, name))]
    train.main(arguments)
    if not finished():
        raise SystemExit(f"{folder}: stopped before its budget was spent; the same command resumes")
    return last


def measure(config: Path, samples: list[Sample], options: argparse.Namespace) -> Entry:
    """Trains a configuration with every seed and measures each on the same photos."""
    side = read_config(config).augment.side
    graphs, figures, measured = [], [], []
    for seed in options.seeds:
        folder = options.out / f"{config.stem}-{seed}"
        last = train_run(config, seed, folder, options)
        kept, rows = predict(torch_parser(last, side, options.device), samples)
        figures.append(accuracy(kept, rows))
        measured.append((kept, rows))
        network, _ = load_parser(last)
        graphs.append(folder / "parser.onnx")
        export_parser(network, graphs[-1])
    box, mask = (over_seeds(measured, kind, options.bootstrap) for kind in ("bbox", "segm"))
    means = {
        name: rounded(mean(np.array([f[name] for f in figures], float))) for name in figures[0]
    }
    return Entry(config.stem, side, graphs, count(network), box, mask, means)


def over_seeds(measured: list[tuple], kind: str, resamples: int) -> Accuracy:
    """AP over the frequent categories; every seed is redrawn with the same photos."""
    runs = [accumulate(ground_truth(kept), rows, kind) for kept, rows in measured]
    often = frequent(measured[0][0])
    drawn = np.mean([resampled(run, often, resamples)[:, 0] for run in runs], 0)
    ap = [mean(category_ap(run)[often]) for run in runs]
    return Accuracy(ap, [mean(category_ap(run, 0.5)[often]) for run in runs], drawn)


def interval(values: np.ndarray, form=number) -> str:
    low, high = np.nanquantile(values, [0.025, 0.975])
    return f"[{form(low)}, {form(high)}]"


def seed_interval(changes: np.ndarray) -> str:
    """Student's interval of the mean of one difference a seed."""
    if len(changes) not in STUDENT:
        return "n/a"
    half = STUDENT[len(changes)] * changes.std(ddof=1) / len(changes) ** 0.5
    return f"[{signed(changes.mean() - half)}, {signed(changes.mean() + half)}]"


def accuracy_table(entries: list[Entry], kind: str) -> str:
    """Markdown: means over seeds. One interval is over photos, differences by the same draws; the
    other over seeds, in pairs, since equal seeds see the same photos in the same order."""
    first: Accuracy = getattr(entries[0], kind)
    rows = []
    for entry in entries:
        mine: Accuracy = getattr(entry, kind)
        row = [
            entry.name,
            f"{number(np.mean(mine.ap))} {interval(mine.drawn)}",
            ", ".join(number(v) for v in mine.ap),
            number(np.std(mine.ap, ddof=1)) if len(mine.ap) > 1 else "n/a",
            number(np.mean(mine.ap50)),
        ]
        if entry is entries[0]:
            row += ["", "", ""]
        else:
            changes = np.array(mine.ap) - np.array(first.ap)
            row += [signed(changes.mean()), interval(mine.drawn - first.drawn, signed)]
            row.append(seed_interval(changes))
        rows.append(row)
    head = ["", f"{kind} AP [photos]", "by seed", "± seeds", "AP50"]
    return rows_to_table([*head, "difference", "over photos", "over seeds"], rows)


def time_table(entries: list[Entry], times: list[np.ndarray]) -> str:
    """Markdown; `times` [photos] of each entry. The ratio is the median of each photo's."""
    rows = [
        [
            entry.name,
            f"{entry.parameters / 1e6:.2f}",
            f"{np.median(ms):.1f}",
            f"{np.median(ms / times[0]):.3f}",
            number(entry.figures["street_ap"]),
        ]
        for entry, ms in zip(entries, times, strict=True)
    ]
    return rows_to_table(["", "M parameters", "ms", "× first", "street box AP"], rows)


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
    graphs = [(graph, entry.side) for entry in entries for graph in entry.graphs]
    every = run_times([*graphs, (shipped_graph, shipped.side)], photos)
    shipped.ms = round(float(np.median(every[-1])), 1)
    seeds = len(options.seeds)
    times = [every[at : at + seeds].mean(0) for at in range(0, len(graphs), seeds)]
    tables = [accuracy_table(entries, "box"), accuracy_table(entries, "mask")]
    text = "\n".join([*tables, time_table(entries, times)])
    print(text)
    (options.out / "table.md").write_text(text)
    points = [
        Point(entry.name, entry.side, round(float(np.median(ms)), 1), **entry.figures)
        for entry, ms in zip(entries, times, strict=True)
    ]
    draw(
        [*points, shipped],
        options.plot or options.out / "plot.png",
        "trained on one budget, and the shipped parser",
        "o",
    )
    rows = [
        {"name": e.name, "box": e.box.ap, "mask": e.mask.ap, "ms": point.ms} | e.figures
        for e, point in zip(entries, points, strict=True)
    ]
    (options.out / "table.json").write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
