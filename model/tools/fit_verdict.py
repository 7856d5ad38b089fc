"""Fits which previews are shown: `run.sh fit_verdict [FILE]`.

FILE has judged previews and their figures. labels/previews.json says how they were judged.
Prints the constants of server/try-on/verdict.ts, and for limits of the verdict how many previews
are kept and how many of these are fit, by regressions that did not see their photos.
"""

import argparse
import json
import logging
from pathlib import Path

import numpy as np

from armoire.evaluation.verdict import fit_logistic, held_back
from armoire.paths import MODEL

log = logging.getLogger(__name__)

FIGURES = ("brightness", "patchiness", "lowered", "left")
LEAST_FIT_GRADE = 3


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=MODEL / "labels" / "previews.json")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    judged = json.loads(options.file.read_text())
    column = dict(zip(judged["columns"], np.array(judged["previews"], float).T, strict=True))
    figures = np.stack([column[name] for name in FIGURES], 1)
    fit = (column["grade"] >= LEAST_FIT_GRADE).astype(float)
    bias, weights = fit_logistic(figures, fit)
    log.info("bias %.3g", bias)
    for name, weight in zip(FIGURES, weights, strict=True):
        log.info("%s %.3g", name, weight)
    within = column["within"] == 1
    logits = held_back(figures, fit, column["photo"])[within]
    shown = fit[within]
    log.info("\n%d judged, %d within the limits, of which %.0f %% are fit", len(fit), len(shown),
             100 * shown.mean())  # fmt: skip
    log.info("verdict  kept  fit")
    for verdict in np.arange(0.3, 0.81, 0.1):
        kept = logits >= np.log(verdict / (1 - verdict))
        share = 100 * shown[kept].mean() if kept.any() else 0
        log.info("%6.1f %6d %3.0f %%", verdict, kept.sum(), share)


if __name__ == "__main__":
    main()
