"""The report: an HTML page from `page.html` and `style.css` by jinja2, with photos beside it."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from armoire.data.sample import Sample
from armoire.evaluation import matching, tables
from armoire.evaluation.coco_eval import accumulate, ground_truth
from armoire.evaluation.matching import Case
from armoire.evaluation.predict import rows_by_photo
from armoire.evaluation.reliability import calibration_error, reliability_bins
from armoire.evaluation.report import charts, measures
from armoire.evaluation.report.pictures import Picture, draw, name_of
from armoire.photo import CATEGORIES

# At most so many pictures a section, whatever is asked for.
MAX_PICTURES = 200


def write_report(
    folder: Path,
    samples: list[Sample],
    rows: list[dict],
    result: dict,
    threshold: float = 0.5,
    pictures: int = 12,
) -> Path:
    """Writes `index.html` and its photos into the folder; returns the page's path.

    `rows` are COCO result rows with boxes and masks; `result` is what `summary.score` gives, with
    `model`, `split` and `area`. Misses, false alarms and confused pairs are those at scores of at
    least `threshold`, at most `pictures` (1–200) of each.
    """
    if not 1 <= pictures <= MAX_PICTURES:
        raise ValueError(f"pictures must lie between 1 and {MAX_PICTURES}, not {pictures}")
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must lie between 0 and 1, not {threshold}")
    if any(g.category > len(CATEGORIES) for s in samples for g in s.garments):
        raise ValueError(f"a report knows the {len(CATEGORIES)} categories only")
    folder.mkdir(parents=True, exist_ok=True)
    cases = matching.match_all(samples, rows, threshold)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": tables.number, "cells": cells}
    page = environment.get_template("page.html").render(
        result=result,
        shown=f"{threshold:g}".replace("0.", ".", 1),
        figures=figures(samples, rows, result, threshold),
        outcomes=outcomes(cases),
        failures=failures(folder, cases, threshold, rows, pictures),
    )
    path = folder / "index.html"
    path.write_text(page)
    return path


def cells(markdown: str) -> list[list[str]]:
    """One of `tables`' Markdown tables → its rows of cells, the head first."""
    lines = [line.strip("|").split("|") for line in markdown.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[:1] + lines[2:]]


def figures(samples: list[Sample], rows: list[dict], result: dict, threshold: float) -> dict:
    """AP tables and bars, precision-recall curves and reliability."""
    chosen = "often" if result["box"]["often"]["AP"] is not None else "all"
    bins = reliability_bins(matching.scored_outcomes(samples, rows))
    return {
        "chosen": chosen,
        "overall": tables.overall(result),
        "source_table": tables.by_source(result),
        "category_table": tables.by_category(result),
        "published_table": tables.published(result),
        "categories": measures.category_rows(result),
        "areas": measures.area_rows(result, samples, chosen),
        "sources": measures.source_rows(result),
        "occlusion": measures.by_occlusion(samples, rows),
        "curves": curves(samples, rows, result, threshold),
        "absent": [n for n, e in result["byCategory"].items() if not e["garments"]],
        "bins": bins,
        "error": calibration_error(bins),
        "reliability": charts.reliability_diagram(bins, threshold),
        "histogram": charts.histogram(bins, threshold),
    }


def curves(samples: list[Sample], rows: list[dict], result: dict, threshold: float) -> list[dict]:
    """A precision-recall chart of the mean, and one of each category that occurs."""
    truth = ground_truth(samples)
    box, mask = (accumulate(truth, rows, kind) for kind in ("bbox", "segm"))
    found = []
    for index, name in enumerate(CATEGORIES):
        lines = {
            "box": measures.curve(box, 0.5, index, threshold),
            "strict": measures.curve(box, 0.75, index),
            "mask": measures.curve(mask, 0.5, index),
        }
        if lines["box"]:
            found.append((name, lines))
    if not found:
        return []
    means = {k: measures.mean_curve([lines[k] for _, lines in found]) for k in found[0][1]}
    table = [{"name": "mean", "note": f"of {len(found)} categories", "lines": means}]
    for name, lines in found:
        table.append({"name": name, "note": result["byCategory"][name]["garments"], "lines": lines})
    for entry in table:
        label = f"precision over recall, {entry['name']}"
        entry["chart"] = charts.precision_recall(entry.pop("lines"), label)
    return table


def outcomes(cases: list[Case]) -> dict:
    """Numbers of garments and detections by outcome, and the confusion matrix."""
    table = matching.confusion(cases)
    total = measures.shares(cases)[0]
    counts = total["counts"]
    shown = sum(counts[k] for k in ("right", "confused", "false alarm"))
    return {
        "shares": measures.shares(cases),
        "counts": counts,
        "garments": total["garments"],
        "recall": counts["right"] / total["garments"] if total["garments"] else None,
        "precision": counts["right"] / shown if shown else None,
        "matrix": table.tolist(),
        # By true category; cells are shaded by their share of it.
        "column_totals": table.sum(0).tolist(),
        "names": list(CATEGORIES),
    }


def failures(
    folder: Path, cases: list[Case], threshold: float, rows: list[dict], count: int
) -> dict:
    """The worst misses, false alarms and confused pairs, drawn."""
    by_photo = rows_by_photo(rows)

    def drawn(chosen: list[Case]) -> list[Picture]:
        found = []
        for case in chosen:
            mine = by_photo.get(case.sample.identifier, [])
            found.append(draw(folder, case, matching.shown(mine, threshold)))
        return [picture for picture in found if picture]

    pairs = matching.confused_pairs(cases, count)
    return {
        "misses": drawn(matching.worst_misses(cases, count)),
        "alarms": drawn(matching.worst_alarms(cases, count)),
        "pairs": [
            {"true": name_of(t), "found": name_of(p), "times": n, "pictures": drawn(mine)}
            for t, p, n, mine in pairs
        ],
    }
