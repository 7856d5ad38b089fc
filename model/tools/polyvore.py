"""Outfit figures on Polyvore: `run.sh polyvore FOLDER --format polyvore|maryland|repacked`.

Prints what the folder holds, what its parts share, and FITB, AUC and recall@k of the controls and
of the shipped compatibility model (weights/compatibility.onnx, where it is there).
"""

import argparse
import json
import logging
from dataclasses import asdict
from pathlib import Path

from armoire.data.polyvore.drawn_tasks import draw_tasks
from armoire.data.polyvore.files import FormatError
from armoire.data.polyvore.galleries import GALLERY_SIZE, galleries
from armoire.data.polyvore.leaks import Overlap, overlaps
from armoire.data.polyvore.outfit_data import PARTS, OutfitData, Part, type_pairs
from armoire.data.polyvore.reader import FORMATS, SPLITS, read_outfit_data
from armoire.data.polyvore.strict_split import identical_images, strict_split
from armoire.evaluation.bootstrap import RESAMPLES
from armoire.evaluation.outfit_protocol import Tasks, make_tasks
from armoire.evaluation.outfit_report import (
    figure_table,
    gain_table,
    item_counts,
    leak_alarms,
    measure,
)
from armoire.evaluation.outfit_scorers import (
    PairScorer,
    PopularityScorer,
    RandomScorer,
    SimilarityScorer,
)
from armoire.manifest import read_manifest
from armoire.retrieval.outfit_items import ModelScorer, embed_items, rows_of
from tools.arguments import add_weights

# Edges are many, and an alarm needs no fine interval.
ALARM_RESAMPLES = 1000


def describe(data: OutfitData) -> dict:
    """What a folder holds, and what was skipped in it."""
    parts = {}
    for name in PARTS:
        part = data.parts[name]
        elsewhere = [q.place for q in part.questions if q.right]
        parts[name] = {
            "outfits": len(part.outfits),
            "items": len(part.item_ids()),
            "longest": max((len(outfit.items) for outfit in part.outfits), default=0),
            "questions": len(part.questions),
            "answerNotFirst": len(elsewhere),
            "answerNotFirstAt": elsewhere[:5],
            "lines": len(part.lines),
            "compatible": sum(line.label for line in part.lines),
        }
    return {"parts": parts, "typePairs": len(type_pairs(data)), "skipped": dict(data.skipped)}


def make_scorers(
    options: argparse.Namespace, data: OutfitData, part: Part, shelves: dict[str, list[str]]
) -> tuple[Tasks, dict[str, PairScorer]]:
    """Tasks over the items that can be scored, and scorers by name, the most wanted one last."""
    tasks = make_tasks(data, part, shelves, None)
    vectors: dict[str, PairScorer] = {}
    if not options.no_images and any(item.image.is_file() for item in tasks.items):
        embedded = embed_items(options.weights, tasks.items)
        tasks = make_tasks(data, part, shelves, set(embedded.ids))
        embedded = rows_of(embedded, [item.id for item in tasks.items])
        vectors["similarity"] = SimilarityScorer(embedded.vectors)
        if "compatibility" in read_manifest(options.weights):
            vectors["model"] = ModelScorer(options.weights, embedded)
    popularity = PopularityScorer(item_counts(data.parts["train"], tasks))
    return tasks, {"random": RandomScorer(options.seed), "popularity": popularity} | vectors


def divide(options: argparse.Namespace, data: OutfitData, same: dict[str, str]) -> OutfitData:
    """The strict re-split, with tasks drawn anew for the measured part."""
    data = strict_split(data, same)
    if not data.parts[options.part].outfits:
        raise SystemExit(
            f"nothing is left of {options.part}: its outfits are all connected with those of "
            "other parts (the nondisjoint split cannot be divided strictly)"
        )
    data.parts[options.part] = draw_tasks(data, options.part, same, options.seed)
    return data


def print_overlaps(rows: list[Overlap]) -> None:
    for row in rows:
        print(
            f"{row.part} shares {row.items} items ({row.item_share:.2%}), {row.outfits} outfits "
            f"({row.outfit_share:.2%}) and {row.pictures} more pictures with {row.other}"
        )


def print_leaks(leaks: dict) -> None:
    for name, row in leaks["figures"].items():
        print(f"{name}: {row['value']:.3f} [{row['low']:.3f}, {row['high']:.3f}]")
    for alarm in leaks["alarms"]:
        print(f"LEAK: {alarm}")


def measured_part(options: argparse.Namespace, data: OutfitData) -> Part:
    """The part, with at most `--limit` questions and lines."""
    part, limit = data.parts[options.part], options.limit or None
    return Part(part.outfits, part.questions[:limit], part.lines[:limit])


def run(options: argparse.Namespace) -> dict:
    """Reads, measures, prints; returns all figures."""
    data = read_outfit_data(options.folder, options.format, options.split)
    result = {"published": describe(data)}
    print(json.dumps(result["published"], indent=2))
    same = identical_images(data.items.values())
    if options.strict:
        data = divide(options, data, same)
        result["strict"] = describe(data)
        print(json.dumps(result["strict"]["parts"], indent=2))
    shared = overlaps(data, same)
    print_overlaps(shared)
    result["overlaps"] = [asdict(overlap) for overlap in shared]
    part = measured_part(options, data)
    shelves = {}
    if options.gallery:
        shelves = galleries(data, options.part, part.questions, options.gallery, options.seed)
    tasks, scorers = make_scorers(options, data, part, shelves)
    result["measuredOn"] = {
        "questions": len(tasks.questions),
        "lines": len(tasks.lines),
        "galleries": len(shelves),
        "retrieval": len(tasks.retrieval),
    }
    print(json.dumps(result["measuredOn"]))
    few = min(options.bootstrap, ALARM_RESAMPLES)
    result["leaks"] = leak_alarms(data, options.part, tasks, few, options.seed)
    print_leaks(result["leaks"])
    result |= measure(scorers, tasks, options.bootstrap, options.seed)
    print(f"\n{figure_table(result)}\n\n{gain_table(result)}")
    if not {"similarity", "model"} & scorers.keys():
        print("\nNo pictures were read, so only the controls without pictures are there.")
    return result


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the data set's folder")
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("--split", default="nondisjoint", choices=SPLITS)
    parser.add_argument("--part", default="test", choices=PARTS)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="divide anew so that no parts share items or pictures, and draw questions anew",
    )
    parser.add_argument(
        "--gallery", type=int, default=GALLERY_SIZE, help="items of a gallery (0: no recall@k)"
    )
    parser.add_argument("--limit", type=int, default=0, help="questions and lines at most (0: all)")
    parser.add_argument("--no-images", action="store_true", help="controls without pictures only")
    parser.add_argument("--bootstrap", type=int, default=RESAMPLES, help="resamples")
    parser.add_argument("--seed", type=int, default=1, help="of galleries, draws and resamples")
    parser.add_argument("--out", type=Path, help="write all figures as JSON")
    add_weights(parser)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        result = run(options)
    except FormatError as error:
        raise SystemExit(f"{error}") from error
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
