"""Chooses how much names count in embeddings: `run.sh fit_names --version V`.

Names are the category that the parser named and the shares of the named colours. They and the
parts get the weights that measure best on the dev part of train among those that surely keep
recall@1. Rewrites embedder.onnx, compatibility.onnx and their entries in the manifest. An embedder
from before names gets them.
"""

import argparse
import json
import logging

import numpy as np
import torch

from armoire.deploy.compatibility import FILE as COMPATIBILITY
from armoire.deploy.export import embedder_entry, export_embedder
from armoire.deploy.names import Weighting, back_to_before, principal_axes, rebase_compatibility
from armoire.deploy.runtime import ShippedEmbedder
from armoire.manifest import edit_manifest, file_entry, read_manifest
from armoire.modeling.appearance import shades_of
from armoire.modeling.embedder import NAMED, NUM_NAMES, PARTS
from armoire.modeling.onnx_embedder import read_embedder
from armoire.photo import COLOURS
from armoire.retrieval.calibration import dev_matches
from armoire.retrieval.cutout import Crops, GarmentDetector
from armoire.retrieval.embed import embed_all
from armoire.retrieval.name_weights import Cosines, choose, cosines, hits, measure
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)


def unit_parts(embed: ShippedEmbedder, crops: Crops, entry: dict) -> dict[str, np.ndarray]:
    """Unit vectors of what the parts of crops have learnt, and of their shades.

    `entry` is the manifest's of the embedder.
    """
    vectors = embed_all(embed, crops)
    found = {part["name"]: vectors[:, part["from"] : part["to"]] for part in entry["parts"]}
    if "nameShares" in entry:
        found |= {name: found[name][:, NUM_NAMES:] for name in NAMED}
    return {name: unit(values) for name, values in found.items()} | {
        "shades": shades_of(crops.pixels)
    }


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors [N, D] at length 1."""
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def weights_of(weighting: Weighting) -> dict[str, float]:
    """The weights of names and of the rest, as `name_weights` has them."""
    return {
        "label": weighting.named("category"),
        "shades": weighting.named("colour"),
        **{name: weighting.learnt(name) for name in PARTS},
    }


def weighting_of(chosen: dict[str, float]) -> Weighting:
    """The other way round."""
    names = dict(zip(NAMED, ("label", "shades"), strict=True))
    parts = {part: chosen[part] + (chosen[names[part]] if part in names else 0) for part in PARTS}
    return Weighting(parts, {part: chosen[name] / parts[part] for part, name in names.items()})


def prototypes(gallery: dict[str, np.ndarray], items: Crops, share: float) -> dict:
    """The mean direction of each colour's items in the part colour, by the colour's name."""
    both = [gallery["shades"] * share**0.5, gallery["colour"] * (1 - share) ** 0.5]
    block, colours = np.hstack(both), items.column("colour")
    means = {name: block[colours == name].mean(0) for name in COLOURS if name in colours}
    return {n: [round(float(v), 5) for v in unit(mean[None])[0]] for n, mean in means.items()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_weights(parser, "the folder to change")
    parser.add_argument("--version", required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    entry = read_manifest(options.weights)["embedder"]
    shares = entry.get("nameShares", {})
    before = Weighting({part["name"]: part["weight"] for part in entry["parts"]}, shares)
    embed = ShippedEmbedder(options.weights)
    (street, worn), items = dev_matches(GarmentDetector(options.weights), options.data)
    gallery, *asked = (unit_parts(embed, crops, entry) for crops in (items, worn, street))

    def compare() -> list[Cosines]:
        """Cosines with the items of worn views and of street garments."""
        pairs = zip((worn, street), asked, strict=True)
        return [cosines(crops, items, parts, gallery) for crops, parts in pairs]

    today = compare()
    log.info("dev, as shipped: %s", json.dumps(measure(*today, weights_of(before))))
    found_before = hits(today[0], weights_of(before))[:, 0]
    axes = None if shares else {name: principal_axes(gallery[name]) for name in NAMED}
    for name, turn in (axes or {}).items():
        for parts in (gallery, *asked):
            parts[name] = unit(parts[name] @ turn.T)
    chosen = choose(*compare(), found_before)
    log.info("dev, chosen: %s", json.dumps(chosen))
    after = weighting_of(chosen)
    embedder = read_embedder(options.weights / entry["file"], after.parts, axes)
    embedder.projection.name_shares.copy_(torch.tensor([after.shares[name] for name in NAMED]))
    export_embedder(embedder, options.weights / entry["file"])
    colours = prototypes(gallery, items, after.shares["colour"])
    values = {"version": options.version, "prototypes": colours}
    with edit_manifest(options.weights) as manifest:
        changed = embedder_entry(options.weights, embedder, values)
        manifest["version"], manifest["embedder"] = options.version, changed
        if "compatibility" in manifest:
            path = options.weights / COMPATIBILITY
            rebase_compatibility(path, back_to_before(before, after, axes))
            manifest["compatibility"] |= file_entry(path) | {"embedder": changed["model"]}
    log.info("%s, %.1f MiB", changed["model"], changed["bytes"] / 2**20)


if __name__ == "__main__":
    main()
