"""From looks to the shipped files: fit, calibrate out of fold, count, export."""

from pathlib import Path

import numpy as np

from armoire.deploy.compatibility import FILE, compatibility_entry, export_compatibility
from armoire.manifest import edit_manifest
from armoire.outfits.benchmark import FOLDS, folds_of
from armoire.outfits.calibration import calibrate
from armoire.outfits.counts import count_pairs
from armoire.outfits.fitting import FitConfig, fit
from armoire.outfits.judges import model_scores, named_colours
from armoire.outfits.questions import by_category, others
from armoire.outfits.wardrobe import RETAKEN, Wardrobe

TRAIN = ("train", "more")
# Random pairs for each worn one.
RANDOM_PAIRS = 5


def out_of_fold(
    wardrobe: Wardrobe, looks: list[list[int]], groups: np.ndarray, config: FitConfig, seed: int = 1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Raw scores [P] of worn and random pairs by models that did not learn from them.

    With labels [P] and pairs of categories [P, 2]. Crops are retaken one by one: what the model is
    asked about, a shop's items, does not share a camera either.
    """
    rng = np.random.default_rng(seed)
    fold = folds_of(groups, FOLDS)
    scores, labels, pairs = [], [], []
    for number in range(FOLDS):
        model = fit(wardrobe, [looks[i] for i in np.flatnonzero(fold != number)], config)
        table = model_scores(model, wardrobe.vectors[:, RETAKEN], wardrobe.categories)
        held = [looks[i] for i in np.flatnonzero(fold == number)]
        pools = by_category(wardrobe, held)
        for look in held:
            for i in look:
                for j in look:
                    kinds = wardrobe.categories[[i, j]]
                    wrong = others(pools[int(kinds[1])], look, RANDOM_PAIRS, rng)
                    if i != j and wrong is not None:
                        scores += [table[i, j], *table[i, wrong]]
                        labels += [1] + [0] * RANDOM_PAIRS
                        pairs += [kinds] * (1 + RANDOM_PAIRS)
    return np.array(scores, np.float64), np.array(labels), np.array(pairs)


def ship(wardrobe: Wardrobe, groups: np.ndarray, weights: Path, config: FitConfig) -> dict:
    """Fits on train and more, writes compatibility.onnx and its entry in the manifest."""
    looks = wardrobe.looks(TRAIN)
    scale, bias = calibrate(*out_of_fold(wardrobe, looks, groups, config))
    export_compatibility(fit(wardrobe, looks, config), weights / FILE)
    with edit_manifest(weights) as manifest:
        prototypes = manifest["embedder"]["colourPrototypes"]
        colours = named_colours(wardrobe, prototypes)
        entry = compatibility_entry(
            weights,
            {
                "embedder": manifest["embedder"]["model"],
                "calibration": {
                    "fittedOn": f"{len(looks)} looks of train and more, out of fold",
                    "scale": np.round(scale, 4).tolist(),
                    "bias": np.round(bias, 4).tolist(),
                },
                "looks": count_pairs(looks, wardrobe.categories, colours),
                "trainedOn": f"{len(looks)} looks in street photos of train and more",
            },
        )
        entry["measured"] = manifest.get("compatibility", {}).get("measured", {})
        manifest["compatibility"] = entry
    return entry
