"""Charts as inline SVG, coloured by the page's CSS."""

from markupsafe import Markup

from armoire.evaluation.reliability import Bin
from armoire.evaluation.report.measures import Curve

# Pixels: side of the plotting square, margins to the left, below and above.
SIDE, LEFT, BELOW, ABOVE = 150, 26, 22, 6


def _x(value: float) -> float:
    return LEFT + value * SIDE


def _y(value: float) -> float:
    return ABOVE + (1 - value) * SIDE


def _frame(content: str, label: str, across: str, up: str) -> Markup:
    """Axes from 0 to 1, with grid lines at every half."""
    lines = []
    for tick in (0, 0.5, 1):
        text = f"{tick:g}".replace("0.", ".")
        lines.append(
            f'<path class="grid" d="M{_x(tick)} {_y(0)}V{_y(1)}M{_x(0)} {_y(tick)}H{_x(1)}"/>'
        )
        lines.append(f'<text x="{_x(tick)}" y="{_y(0) + 11}" text-anchor="middle">{text}</text>')
        lines.append(f'<text x="{LEFT - 4}" y="{_y(tick) + 3}" text-anchor="end">{text}</text>')
    middle = _y(0.5)
    lines.append(f'<text x="{_x(0.5)}" y="{_y(0) + 20}" text-anchor="middle">{across}</text>')
    turn = f"rotate(-90 8 {middle})"
    lines.append(f'<text x="8" y="{middle}" text-anchor="middle" transform="{turn}">{up}</text>')
    width, height = LEFT + SIDE + 8, ABOVE + SIDE + BELOW
    return Markup(
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        + "".join(lines)
        + content
        + "</svg>"
    )


def precision_recall(curves: dict[str, Curve | None], label: str) -> Markup:
    """Curves, named by their CSS class; a dot marks the threshold."""
    parts = []
    for name, curve in curves.items():
        if curve is None:
            continue
        last = len(curve.precision) - 1
        points = [f"{_x(i / last):.1f} {_y(p):.1f}" for i, p in enumerate(curve.precision)]
        parts.append(f'<path class="line {name}" d="M{"L".join(points)}"/>')
        if curve.point:
            x, y = _x(curve.point[0]), _y(curve.point[1])
            parts.append(f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>')
    return _frame("".join(parts), Markup.escape(label), "recall", "precision")


def reliability_diagram(bins: list[Bin], threshold: float) -> Markup:
    """Precision over score; calibrated scores lie on the diagonal."""
    parts = [f'<path class="diagonal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>']
    for b in bins:
        x, width = _x(b.low) + 0.8, (b.high - b.low) * SIDE - 1.6
        height = b.precision * SIDE
        parts.append(
            f'<rect class="bin" x="{x:.1f}" y="{_y(b.precision):.1f}" width="{width:.1f}" '
            f'height="{height:.1f}"><title>{b.count} detections of mean score {b.score:.3f}: '
            f"{b.precision:.3f} right</title></rect>"
        )
        parts.append(
            f'<circle class="box" cx="{_x(b.score):.1f}" cy="{_y(b.precision):.1f}" r="2.2"/>'
        )
    parts.append(f'<path class="threshold" d="M{_x(threshold):.1f} {_y(0)}V{_y(1)}"/>')
    return _frame("".join(parts), "share of right detections by score", "score", "precision")


def histogram(bins: list[Bin], threshold: float) -> Markup:
    """How many detections each bin holds."""
    most = max((b.count for b in bins), default=1)
    parts = []
    for b in bins:
        x, width = _x(b.low) + 0.8, (b.high - b.low) * SIDE - 1.6
        y = _y(b.count / most)
        size = f'width="{width:.1f}" height="{_y(0) - y:.1f}"'
        parts.append(f'<rect class="bin" x="{x:.1f}" y="{y:.1f}" {size}/>')
        above = y - 2 if y > ABOVE + 8 else y + 8
        parts.append(
            f'<text x="{x + width / 2:.1f}" y="{above:.1f}" text-anchor="middle">{b.count}</text>'
        )
    parts.append(f'<path class="threshold" d="M{_x(threshold):.1f} {_y(0)}V{_y(1)}"/>')
    return _frame("".join(parts), "number of detections by score", "score", "share of the fullest")
