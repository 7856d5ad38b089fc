"""How well garments that go together are told: `run.sh outfits [--parts folds val ...]`.

Asks the model, its controls and ablations the same questions about the looks of street photos.
Figures go to runs/outfits-evaluation.json part by part, tables are printed.
"""

import argparse
import json
import logging
from pathlib import Path

import torch

from armoire.manifest import edit_manifest, read_manifest
from armoire.outfits.catalogue import generate
from armoire.outfits.fitting import FitConfig
from armoire.outfits.repeats import outfit_groups
from armoire.outfits.study import CONTROLS, MODEL, VIEWS, Study, best_control, table
from armoire.outfits.wardrobe import SPLITS, read_items, read_wardrobe
from armoire.paths import RUNS
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)
OUT = RUNS / "outfits-evaluation.json"
PARTS = ("folds", "val", "generation", "ablations", "curve")


def measured(results: dict) -> dict:
    """What the manifest keeps: figures and the lead over the best control, by part and view."""
    kept = {}
    for part in ("folds", "val"):
        for view in VIEWS:
            found = results[part][view]
            kept.setdefault(part, {})[view] = {
                figure: {
                    "model": found[figure][MODEL],
                    "bestControl": best_control(found, figure),
                    "lead": found["lead"][figure][best_control(found, figure)],
                }
                for figure in ("FITB", "AUC", "R@10", "R@30")
            }
    return kept


def report(part: str, found: dict) -> None:
    """Prints the tables of one part."""
    if part == "generation":
        print(json.dumps(found, indent=2))
        return
    for name, views in found.items() if part == "curve" else [(part, found)]:
        for view, figures in views.items():
            print(f"\n{name}, crops {view}\n{table(figures)}")
            if "lead" in figures and all(c in figures["FITB"] for c in CONTROLS):
                for figure in ("FITB", "AUC"):
                    best = best_control(figures, figure)
                    print(f"{figure}: {figures['lead'][figure][best]} over {best}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_weights(parser)
    parser.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS)
    parser.add_argument("--resamples", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--update-manifest", action="store_true", help="needs folds and val")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    wardrobe = read_wardrobe(options.data, options.weights)
    prototypes = read_manifest(options.weights)["embedder"]["colourPrototypes"]
    study = Study(wardrobe, prototypes, FitConfig())
    looks = wardrobe.looks(SPLITS)
    groups = outfit_groups(wardrobe, looks)
    counts = (len(looks), len(wardrobe.pieces), wardrobe.dropped)
    log.info("%d looks; %d garments, %d without a usable outline left out", *counts)
    resamples = options.resamples
    work = {
        "folds": lambda: study.across_folds(looks, groups, study.judges, resamples),
        "val": lambda: study.on_val(resamples),
        "generation": lambda: generate(study, read_items(options.data, options.weights)),
        "ablations": lambda: study.across_folds(looks, groups, study.ablations, resamples, asked=1),
        "curve": lambda: study.learning_curve(looks, groups, resamples),
    }
    results = json.loads(options.out.read_text()) if options.out.exists() else {}
    for part in options.parts:
        results[part] = work[part]()
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1))
        report(part, results[part])
    if options.update_manifest:
        with edit_manifest(options.weights) as manifest:
            manifest["compatibility"]["measured"] = measured(results)


if __name__ == "__main__":
    main()
