"""Accuracy of colour names, and whether "this but in blue" finds blue."""

from pathlib import Path

import numpy as np

from armoire.deploy.runtime import ShippedEmbedder
from armoire.manifest import read_manifest
from armoire.photo import COLOURS
from armoire.retrieval.cutout import Crops
from armoire.retrieval.embed import embed_all
from armoire.retrieval.nearest import nearest


def replace_colour(vectors: np.ndarray, part: dict, prototype: list[float]) -> np.ndarray:
    """Vectors [N, D] with their colour part replaced by a colour's prototype, as the server does.

    `part` is the manifest's entry: from, to and weight.
    """
    changed = vectors.copy()
    changed[:, part["from"] : part["to"]] = np.float32(prototype) * part["weight"] ** 0.5
    return changed


def measure_colours(folder: Path, items: Crops, street: Crops) -> dict:
    """Accuracy of colour names on street garments; precision@10 after the colour was replaced.

    Every street garment is searched for in every other colour: the shares of its first ten matches
    that have that colour, and that have its category. Empty for files without parts.
    """
    entry = read_manifest(folder)["embedder"]
    if not entry.get("colourPrototypes"):
        return {}
    embed = ShippedEmbedder(folder)
    named = np.array(COLOURS)[embed.name_colours(np.ascontiguousarray(street.pixels)).argmax(1)]
    own, category = street.column("colour"), street.column("category")
    gallery, asked = embed_all(embed, items), embed_all(embed, street)
    part = next(p for p in entry["parts"] if p["name"] == "colour")
    colour_hits, category_hits = [], []
    for name, prototype in entry["colourPrototypes"].items():
        other = own != name
        _, order = nearest(replace_colour(asked, part, prototype)[other], gallery, 10)
        colour_hits.append((items.column("colour")[order] == name).ravel())
        category_hits.append((items.column("category")[order] == category[other, None]).ravel())
    return {
        "coloursNamed": round(float((named == own).mean()), 4),
        "inAnotherColour": {
            "colour@10": round(float(np.concatenate(colour_hits).mean()), 4),
            "category@10": round(float(np.concatenate(category_hits).mean()), 4),
        },
    }
