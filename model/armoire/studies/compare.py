"""Compares networks trained on one budget, over several seeds.

Every configuration is trained with every seed (finished runs are left as they are, others resumed)
and measured alike: AP with intervals, the difference from the first configuration, milliseconds.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from armoire.data.sample import Sample
from armoire.deploy.export import count_parameters, export_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation.coco_eval import (
    accumulate,
    bootstrap_ap,
    category_ap,
    frequent_categories,
    ground_truth,
    mean,
    rounded,
)
from armoire.evaluation.predict import predict, read_photos, torch_parser
from armoire.evaluation.summary import headline_ap
from armoire.evaluation.tables import number, rows_to_table, signed
from armoire.studies.tradeoff import TIMED_PHOTOS, Point, graph_times
from armoire.training import checkpoint, trainer
from armoire.training.config import read_config

# Student's t, two-sided 95 %, by the number of seeds.
STUDENT_T = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365}


@dataclass
class Accuracy:
    """Box or mask AP by seed; `resampled` [resamples] are the seeds' means over redrawn photos."""

    ap: list[float]
    ap50: list[float]
    resampled: np.ndarray


@dataclass
class Entry:
    """A configuration: graphs by seed, box and mask AP, and the seeds' mean of other figures."""

    name: str
    side: int
    graphs: list[Path]
    parameters: int
    box: Accuracy
    mask: Accuracy
    figures: dict


@dataclass
class Budget:
    """How every run is trained and measured; 0 means what its configuration says."""

    out: Path
    device: str
    seeds: list[int] = field(default_factory=lambda: [1])
    minutes: float = 0.0
    steps: int = 0
    train_data: str = ""
    resamples: int = 200


def train_run(config_path: Path, seed: int, folder: Path, budget: Budget) -> Path:
    """Trains, or resumes, one run; returns its finished checkpoint."""
    last = folder / "last.pt"
    config = read_config(config_path)
    config.seed = seed
    if budget.train_data:
        config.sources[0].root = str(Path(budget.train_data).resolve())
    schedule = config.schedule
    schedule.minutes = 0.0 if budget.steps else budget.minutes or schedule.minutes
    schedule.steps = budget.steps or schedule.steps

    def finished() -> bool:
        if not last.exists():
            return False
        state = checkpoint.load(last)
        if schedule.minutes:
            return state["elapsed"] / 60 >= schedule.minutes
        return state["step"] >= schedule.steps

    if not finished():
        trainer.run_training(config, folder, budget.device, resume=True)
    if not finished():
        raise SystemExit(f"{folder}: stopped before its budget was spent; the same command resumes")
    return last


def measure(config: Path, samples: list[Sample], budget: Budget) -> Entry:
    """Trains a configuration with every seed and measures each on the same photos."""
    side = read_config(config).augment.long_side
    graphs, figures, measured = [], [], []
    for seed in budget.seeds:
        folder = budget.out / f"{config.stem}-{seed}"
        network, _ = checkpoint.load_parser(train_run(config, seed, folder, budget))
        kept, rows = predict(torch_parser(network, side, budget.device), samples)
        figures.append(headline_ap(kept, rows))
        measured.append((kept, rows))
        graphs.append(folder / "parser.onnx")
        export_parser(network.cpu(), graphs[-1])
    box, mask = (over_seeds(measured, kind, budget.resamples) for kind in ("bbox", "segm"))
    means = {
        name: rounded(mean(np.array([f[name] for f in figures], float))) for name in figures[0]
    }
    return Entry(config.stem, side, graphs, count_parameters(network), box, mask, means)


def over_seeds(measured: list[tuple], kind: str, resamples: int) -> Accuracy:
    """AP over the frequent categories; the resamples draw the same photos for every seed."""
    runs = [accumulate(ground_truth(kept), rows, kind) for kept, rows in measured]
    frequent = frequent_categories(measured[0][0])
    resampled = np.mean([bootstrap_ap(run, frequent, resamples)[:, 0] for run in runs], 0)
    ap = [mean(category_ap(run)[frequent]) for run in runs]
    return Accuracy(ap, [mean(category_ap(run, 0.5)[frequent]) for run in runs], resampled)


def interval(values: np.ndarray, form=number) -> str:
    """The 95 % interval of resampled values."""
    low, high = np.nanquantile(values, [0.025, 0.975])
    return f"[{form(low)}, {form(high)}]"


def seed_interval(changes: np.ndarray) -> str:
    """Student's 95 % interval of the mean of differences, one a seed."""
    if len(changes) not in STUDENT_T:
        return "n/a"
    half = STUDENT_T[len(changes)] * changes.std(ddof=1) / len(changes) ** 0.5
    return f"[{signed(changes.mean() - half)}, {signed(changes.mean() + half)}]"


def accuracy_table(entries: list[Entry], kind: str) -> str:
    """Markdown: `kind` (box or mask) AP, and the difference from the first entry with intervals.

    One interval is over photos, by the same draws for both; the other over seeds, in pairs, since
    equal seeds see the same photos in the same order.
    """
    first: Accuracy = getattr(entries[0], kind)
    rows = []
    for entry in entries:
        mine: Accuracy = getattr(entry, kind)
        row = [
            entry.name,
            f"{number(np.mean(mine.ap))} {interval(mine.resampled)}",
            ", ".join(number(v) for v in mine.ap),
            number(np.std(mine.ap, ddof=1)) if len(mine.ap) > 1 else "n/a",
            number(np.mean(mine.ap50)),
        ]
        if entry is entries[0]:
            row += ["", "", ""]
        else:
            changes = np.array(mine.ap) - np.array(first.ap)
            row += [signed(changes.mean()), interval(mine.resampled - first.resampled, signed)]
            row.append(seed_interval(changes))
        rows.append(row)
    head = ["", f"{kind} AP [photos]", "by seed", "± seeds", "AP50"]
    return rows_to_table([*head, "difference", "over photos", "over seeds"], rows)


def time_table(entries: list[Entry], times: list[np.ndarray]) -> str:
    """Markdown; `times` are milliseconds [photos] of each entry, compared photo by photo."""
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
    """The shipped parser's point, still without a time, and its graph."""
    parser = ShippedParser(weights)
    kept, rows = predict(parser, samples)
    point = Point("shipped", parser.side, 0.0, **headline_ap(kept, rows), shipped=True)
    return point, weights / parser.manifest["parser"]["file"]


def compare(
    configs: list[Path], samples: list[Sample], budget: Budget, weights: Path
) -> tuple[str, list[dict], list[Point]]:
    """Trains and measures all configurations → Markdown tables, their rows, points to draw.

    The last point is the shipped parser's, from the files in `weights`.
    """
    entries = [measure(config, samples, budget) for config in configs]
    shipped, shipped_graph = shipped_point(weights, samples)
    step = max(1, len(samples) // TIMED_PHOTOS)
    photos = [photo for _, photo in read_photos(samples[::step])]
    graphs = [(graph, entry.side) for entry in entries for graph in entry.graphs]
    every = graph_times([*graphs, (shipped_graph, shipped.side)], photos)
    shipped.ms = round(float(np.median(every[-1])), 1)
    seeds = len(budget.seeds)
    times = [every[at : at + seeds].mean(0) for at in range(0, len(graphs), seeds)]
    tables = [accuracy_table(entries, "box"), accuracy_table(entries, "mask")]
    points = [
        Point(entry.name, entry.side, round(float(np.median(ms)), 1), **entry.figures)
        for entry, ms in zip(entries, times, strict=True)
    ]
    rows = [
        {"name": e.name, "box": e.box.ap, "mask": e.mask.ap, "ms": point.ms} | e.figures
        for e, point in zip(entries, points, strict=True)
    ]
    return "\n".join([*tables, time_table(entries, times)]), rows, [*points, shipped]
