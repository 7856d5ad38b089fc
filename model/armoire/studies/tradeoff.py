"""AP over milliseconds: `python -m armoire.tradeoff [--sides 224 288 ...] [--out PNG]`.

The shipped parser at several input sizes; `compare` draws trained networks by the same functions.
"""

import argparse
import json
import logging
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import matplotlib
import numpy as np
from tqdm import tqdm

from armoire.data.sample import Sample, read_rgb
from armoire.data.sources import in_dev, read_source
from armoire.deploy.export import WEIGHTS
from armoire.deploy.runtime import ShippedParser, open_session
from armoire.evaluation.coco_eval import accumulate, category_ap, fit, ground_truth
from armoire.evaluation.summary import OFTEN, mean, result_rows, rounded
from armoire.evaluation.tables import number, rows_to_table
from armoire.training.config import GARMENTS, MODEL, Source, data_root

matplotlib.use("Agg")
from matplotlib import pyplot

SIDES = [224, 256, 288, 320, 352, 416, 480]
TIMED = 40


@dataclass
class Point:
    """One network at one input size; `ms` is the graph's median run on one thread."""

    name: str
    side: int
    ms: float
    ap: float | None
    ap50: float | None
    mask_ap: float | None
    street_ap: float | None
    shipped: bool = False


def frequent(samples: list[Sample]) -> np.ndarray:
    """bool [13]: the categories with enough garments to be judged by."""
    counts = np.bincount([g.category for s in samples for g in s.garments], minlength=14)[1:14]
    return counts >= OFTEN if (counts >= OFTEN).any() else counts > 0


def accuracy(samples: list[Sample], rows: list[dict]) -> dict[str, float | None]:
    """AP over the frequent categories; street photos apart, in the same categories."""
    often = frequent(samples)
    box = accumulate(ground_truth(samples), rows)
    street = [s for s in samples if s.source == "user"]
    inside = {s.identifier for s in street}
    mine = [row for row in rows if row["image_id"] in inside]
    street_run = accumulate(ground_truth(street), mine) if street else None
    values = {
        "ap": mean(category_ap(box)[often]),
        "ap50": mean(category_ap(box, 0.5)[often]),
        "mask_ap": mean(category_ap(accumulate(ground_truth(samples), rows, "segm"))[often]),
        "street_ap": mean(category_ap(street_run)[often]) if street_run else float("nan"),
    }
    return {name: rounded(value) for name, value in values.items()}


def read_photos(samples: list[Sample]) -> list[tuple[Sample, np.ndarray]]:
    found = []
    for sample in samples:
        try:
            found.append((sample, read_rgb(sample.path)))
        except (ValueError, OSError):
            continue
    return found


def run_times(graphs: list[tuple[Path, int]], photos: list[np.ndarray]) -> np.ndarray:
    """Milliseconds [graphs, photos] of each (file, input side) on one thread.

    Every photo goes through all of them in turn, so that whatever else the machine does falls on
    all alike; who begins changes from photo to photo.
    """
    sessions = {path: open_session(path, 1) for path, _ in graphs}
    times = np.zeros((len(graphs), len(photos)))
    for column, photo in enumerate(photos):
        for turn in range(len(graphs)):
            row = (turn + column) % len(graphs)
            path, side = graphs[row]
            feed = {"image": fit(photo, side)[0][None]}
            if column == 0:
                sessions[path].run(None, feed)
            began = time.perf_counter()
            sessions[path].run(None, feed)
            times[row, column] = 1000 * (time.perf_counter() - began)
    return times


def time_graphs(graphs: list[tuple[Path, int]], photos: list[np.ndarray]) -> list[float]:
    """Median milliseconds of each (file, input side) on one thread."""
    return [round(float(ms), 1) for ms in np.median(run_times(graphs, photos), 1)]


def measure_sides(weights: Path, sides: list[int], samples: list[Sample]) -> list[Point]:
    """The shipped parser at each side, every photo decoded once."""
    parser = ShippedParser(weights)
    path, shipped = weights / parser.manifest["parser"]["file"], parser.side
    rows: dict[int, list[dict]] = {side: [] for side in sides}
    photos = read_photos(samples)
    for sample, photo in tqdm(photos, unit="photo", mininterval=10):
        for side in sides:
            parser.side = side
            rows[side] += result_rows(sample.identifier, parser(photo), photo.shape[:2])
    step = max(1, len(photos) // TIMED)
    times = time_graphs([(path, side) for side in sides], [p for _, p in photos[::step]])
    kept = [sample for sample, _ in photos]
    return [
        Point(f"{side} px", side, ms, **accuracy(kept, rows[side]), shipped=side == shipped)
        for side, ms in zip(sides, times, strict=True)
    ]


def table(points: list[Point]) -> str:
    """Markdown; times against the shipped point's, since milliseconds are this machine's."""
    base = next((p.ms for p in points if p.shipped), points[0].ms)
    rows = [
        [
            f"**{p.name}, shipped**" if p.shipped else p.name,
            *(number(v) for v in (p.ap, p.ap50, p.mask_ap, p.street_ap)),
            f"{p.ms:.0f}",
            f"{p.ms / base:.2f}",
        ]
        for p in points
    ]
    head = ["", "box AP", "AP50", "mask AP", "street box AP", "ms, one thread", "× shipped"]
    return rows_to_table(head, rows)


def draw(points: list[Point], target: Path, title: str, line: str = "o-") -> None:
    """AP over milliseconds, the shipped point marked."""
    figure, axes = pyplot.subplots(figsize=(7, 4), constrained_layout=True)
    points = sorted(points, key=lambda p: p.ms)
    for name, label in (("ap", "box AP"), ("mask_ap", "mask AP"), ("street_ap", "street box AP")):
        axes.plot(
            [p.ms for p in points], [getattr(p, name) or 0 for p in points], line, label=label
        )
    for place, p in enumerate(points):
        # Names at three heights, tied to their points, so that neighbours' do not cover each other.
        axes.annotate(
            p.name,
            (p.ms, p.ap or 0),
            (0, 14 + 13 * (place % 3)),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            arrowprops={"arrowstyle": "-", "color": "0.6", "linewidth": 0.6},
        )
        if p.shipped:
            axes.axvline(p.ms, color="0.6", linestyle=":", label="shipped")
    axes.set(xlabel="ms of the graph, one thread", ylabel="AP, frequent categories", title=title)
    axes.margins(x=0.15)
    axes.set_ylim(0, min(1, max(p.ap or 0 for p in points) * 1.35 + 0.02))
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="lower right")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=90)
    pyplot.close(figure)


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", default=data_root(GARMENTS), help="the set's folder")
    parser.add_argument("--format", default="coco", choices=["coco", "deepfashion2"])
    parser.add_argument("--split", default="val", help="dev: the part that training leaves out")
    parser.add_argument("--dev-share", type=float, default=0.08)
    parser.add_argument("--limit", type=int, default=0, help="photos at the most (0: all)")


def chosen_samples(options: argparse.Namespace) -> list[Sample]:
    split = "train" if options.split == "dev" else options.split
    samples = read_source(Source(str(Path(options.data).resolve()), options.format, split))
    if options.split == "dev":
        samples = [s for s in samples if in_dev(s, options.dev_share)]
    return samples[: options.limit or None]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_arguments(parser)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--sides", type=int, nargs="+", default=SIDES)
    parser.add_argument("--out", type=Path, default=MODEL / "runs/tradeoff/resolution.png")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    points = measure_sides(options.weights, options.sides, chosen_samples(options))
    draw(points, options.out, f"the shipped parser by input size, {options.split}")
    options.out.with_suffix(".json").write_text(json.dumps([asdict(p) for p in points], indent=2))
    print(table(points))


if __name__ == "__main__":
    main()
