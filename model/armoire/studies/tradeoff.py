"""AP over milliseconds of the shipped parser at several input sizes.

`compare` times and draws trained networks with the same functions.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from tqdm import tqdm

from armoire.data.sample import Sample
from armoire.deploy.runtime import ShippedParser, open_session, parser_feeds
from armoire.evaluation.predict import read_photos, result_rows
from armoire.evaluation.summary import headline_ap
from armoire.evaluation.tables import number, rows_to_table
from armoire.photo import letterbox

matplotlib.use("Agg")
from matplotlib import pyplot

# Long sides of the input in pixels.
SIDES = [224, 256, 288, 320, 352, 416, 480]
# Times are measured on about so many photos.
TIMED_PHOTOS = 40


@dataclass
class Point:
    """A network at an input size; `ms` is the median milliseconds of its graph on one thread."""

    name: str
    side: int
    ms: float
    ap: float | None
    ap50: float | None
    mask_ap: float | None
    street_ap: float | None
    shipped: bool = False


def graph_times(graphs: list[tuple[Path, int]], photos: list[np.ndarray]) -> np.ndarray:
    """Milliseconds [graphs, photos] of each (file, input side) on one thread.

    Each photo goes through all graphs in turn, first a different one each time, so that other load
    on the machine affects all alike.
    """
    sessions = {path: open_session(path, 1) for path, _ in graphs}
    times = np.zeros((len(graphs), len(photos)))
    for column, photo in enumerate(photos):
        for turn in range(len(graphs)):
            row = (turn + column) % len(graphs)
            path, side = graphs[row]
            feed = parser_feeds(sessions[path], letterbox(photo, side)[0])
            if column == 0:
                sessions[path].run(None, feed)
            began = time.perf_counter()
            sessions[path].run(None, feed)
            times[row, column] = 1000 * (time.perf_counter() - began)
    return times


def median_times(graphs: list[tuple[Path, int]], photos: list[np.ndarray]) -> list[float]:
    """Median milliseconds of each (file, input side) on one thread."""
    return [round(float(ms), 1) for ms in np.median(graph_times(graphs, photos), 1)]


def measure_sides(weights: Path, sides: list[int], samples: list[Sample]) -> list[Point]:
    """The shipped parser at each input side."""
    parser = ShippedParser(weights)
    path, shipped = weights / parser.manifest["parser"]["file"], parser.side
    rows: dict[int, list[dict]] = {side: [] for side in sides}
    photos = read_photos(samples)
    for sample, photo in tqdm(photos, unit="photo", mininterval=10):
        for side in sides:
            parser.side = side
            rows[side] += result_rows(sample.identifier, parser(photo), photo.shape[:2])
    step = max(1, len(photos) // TIMED_PHOTOS)
    times = median_times([(path, side) for side in sides], [p for _, p in photos[::step]])
    kept = [sample for sample, _ in photos]
    return [
        Point(f"{side} px", side, ms, **headline_ap(kept, rows[side]), shipped=side == shipped)
        for side, ms in zip(sides, times, strict=True)
    ]


def table(points: list[Point]) -> str:
    """Markdown, with times relative to the shipped point's."""
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


def draw_tradeoff(points: list[Point], target: Path, title: str, line: str = "o-") -> None:
    """AP over milliseconds, the shipped point marked."""
    figure, axes = pyplot.subplots(figsize=(7, 4), constrained_layout=True)
    points = sorted(points, key=lambda p: p.ms)
    for name, label in (("ap", "box AP"), ("mask_ap", "mask AP"), ("street_ap", "street box AP")):
        axes.plot(
            [p.ms for p in points], [getattr(p, name) or 0 for p in points], line, label=label
        )
    for place, p in enumerate(points):
        # Names at three heights, so that those of neighbouring points do not overlap.
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
