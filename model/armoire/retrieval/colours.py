"""How well garments' colours are named, and whether "this but in blue" finds blue."""

import json
from pathlib import Path

import numpy as np

from armoire.photo import COLOURS
from armoire.retrieval.baselines import embed_all, shipped
from armoire.retrieval.cutout import Crops
from armoire.retrieval.nearest import nearest


def exchange(vectors: np.ndarray, part: dict, prototype: list[float]) -> np.ndarray:
    """Vectors with their colour part replaced by a colour's prototype, as the server does."""
    changed = vectors.copy()
    changed[:, part["from"] : part["to"]] = np.float32(prototype) * part["weight"] ** 0.5
    return changed


def measure_colours(folder: Path, items: Crops, street: Crops) -> dict:
    """Share of street garments whose colour is named as annotated; agreement after an exchange.

    Every street garment is asked for in every other colour: the share of its first ten matches that
    have that colour, and that still have its category. Nothing for files without parts.
    """
    entry = json.loads((folder / "manifest.json").read_text())["embedder"]
    if not entry.get("colourPrototypes"):
        return {}
    embed = shipped(folder)
    named = np.array(COLOURS)[embed.name_colours(np.ascontiguousarray(street.pixels)).argmax(1)]
    own, category = street.column("colour"), street.column("category")
    gallery, asked = embed_all(embed, items.pixels), embed_all(embed, street.pixels)
    part = next(p for p in entry["parts"] if p["name"] == "colour")
    colour_hits, category_hits = [], []
    for name, prototype in entry["colourPrototypes"].items():
        other = own != name
        _, order = nearest(exchange(asked, part, prototype)[other], gallery, 10)
        colour_hits.append((items.column("colour")[order] == name).ravel())
        category_hits.append((items.column("category")[order] == category[other, None]).ravel())
    return {
        "coloursNamed": round(float((named == own).mean()), 4),
        "inAnotherColour": {
            "colour@10": round(float(np.concatenate(colour_hits).mean()), 4),
            "category@10": round(float(np.concatenate(category_hits).mean()), 4),
        },
    }
