"""AP tables in Markdown, with DeepFashion2's published figures, and the files of an evaluation."""

import json
from pathlib import Path

from armoire.evaluation.published import BY_CATEGORY, OVERALL
from armoire.photo import CATEGORIES

SIZES = ("small", "medium", "large")


def number(value: float | None, digits: int = 3) -> str:
    """.634, or n/a."""
    return "n/a" if value is None else f"{value:.{digits}f}".replace("0.", ".", 1)


def signed(value: float, digits: int = 3) -> str:
    """+.012 or -.012: a difference."""
    return f"{value:+.{digits}f}".replace("0.", ".", 1)


def with_interval(table: dict, name: str) -> str:
    """.634 [.601, .660] where an interval was computed."""
    bounds = table.get("interval", {}).get(name)
    if not bounds:
        return number(table[name])
    return f"{number(table[name])} [{number(bounds[0])}, {number(bounds[1])}]"


def rows_to_table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the first column is aligned left, the others right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def overall(result: dict) -> str:
    """Box and mask AP over the frequent categories and over all that occur."""
    names = {"often": "at least 9 garments", "all": "all that occur"}
    rows = []
    for kind in ("box", "mask"):
        for key, name in names.items():
            table = result[kind][key]
            rows.append(
                [
                    f"{kind}, categories with {name}" if key == "often" else f"{kind}, {name}",
                    with_interval(table, "AP"),
                    with_interval(table, "AP50"),
                    number(table["AP75"]),
                    *(number(table[size]) for size in SIZES),
                ]
            )
    return rows_to_table(["", "AP", "AP50", "AP75", *SIZES], rows)


def by_source(result: dict) -> str:
    """Street and shop photos apart."""
    rows = []
    for name, table in result["bySource"].items():
        cells = [number(table[k][v]) for k in ("box", "mask") for v in ("AP", "AP50", "AP75")]
        rows.append([name, str(table["photos"]), str(table["garments"]), *cells])
    head = ["photos from", "photos", "garments", "box AP", "AP50", "AP75"]
    return rows_to_table([*head, "mask AP", "AP50", "AP75"], rows)


def by_seen(result: dict) -> str:
    """By how a garment is seen; evaluations from before that was measured have no such rows."""
    rows = []
    for name, table in result.get("bySeen", {}).items():
        cells = [number(table.get(key)) for key in ("boxAP", "boxAP50", "maskAP")]
        rows.append([name, str(table["photos"]), str(table["garments"]), *cells])
    head = ["seen", "photos", "garments", "box AP", "AP50", "mask AP"]
    return rows_to_table(head, rows) if rows else ""


def by_category(result: dict) -> str:
    """Every category, beside published figures."""
    rows = []
    for index, name in enumerate(CATEGORIES):
        row = result["byCategory"][name]
        ours = ("boxAP", "boxAP50", "boxAP75", "maskAP", "maskAP50")
        cells = [number(row.get(key)) for key in ours]
        published = [number(values[index]) for values in BY_CATEGORY.values()]
        rows.append([name, str(row["garments"]), *cells, *published])
    head = ["category", "garments", "box AP", "AP50", "AP75", "mask AP", "AP50"]
    return rows_to_table([*head, *(f"{name} †" for name in BY_CATEGORY)], rows)


def published(result: dict) -> str:
    """Our overall figures above those that were published."""
    ours = [result[k]["often"][v] for k in ("box", "mask") for v in ("AP", "AP50", "AP75")]
    rows = [["this model, on the photos above", *(number(v) for v in ours)]]
    rows += [[f"{name} †", *(number(v) for v in values)] for name, values in OVERALL.items()]
    head = ["method", "box AP", "AP50", "AP75", "mask AP", "AP50", "AP75"]
    return rows_to_table(head, rows)


def render(result: dict) -> str:
    """All tables of an evaluation."""
    return "\n".join(
        [
            f"Model {result['model']}, split {result['split']}: {result['photos']} photos, "
            f"{result['garments']} garments. AP over IoU .50:.95; in brackets 95 % bootstrap "
            f"intervals over photos; sizes by {result['area']} area.\n",
            overall(result),
            "Over the categories with at least 9 garments, by source:\n",
            by_source(result),
            by_seen(result),
            by_category(result),
            published(result),
            "† on DeepFashion2's validation set, as published; other photos than ours. "
            "SE-ResNet101-FPN's source also gives .633; DeepMark++'s categories average .652, "
            "not .737, since they come from another split.\n",
        ]
    )


def write_tables(folder: Path, result: dict, rows: list[dict]) -> str:
    """Writes tables.md, tables.json and detections.json (COCO results); returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    text = render(result)
    (folder / "tables.md").write_text(text)
    (folder / "tables.json").write_text(json.dumps(result, indent=2) + "\n")
    (folder / "detections.json").write_text(json.dumps(rows))
    return text


def write_results(folder: Path, rows: list[dict]) -> None:
    """DeepFashion2's official result files: bbox.json without masks, segm.json without boxes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, other in (("bbox", "segmentation"), ("segm", "bbox")):
        kept = [{k: v for k, v in row.items() if k != other} for row in rows]
        (folder / f"{name}.json").write_text(json.dumps(kept))
