"""Fits the embedder on pairs of crops.

The backbone stays as the parser trained it, crops are the shipped parser's. Garments of the dev
part are not trained on: they choose the epoch and the weights of the embedding's parts.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from armoire.data.sample import Sample
from armoire.modeling.embedder import PARTS, Descriptor, Embedder, Projection
from armoire.photo import COLOURS
from armoire.retrieval import crop_sets, descriptors, pairs
from armoire.retrieval.contrast import ContrastiveConfig, Views, fit
from armoire.retrieval.cutout import Crops, GarmentDetector
from armoire.retrieval.descriptors import as_views, plain, recoloured, worn
from armoire.retrieval.nearest import nearest, precision_at, recall

log = logging.getLogger(__name__)


@dataclass
class Splits:
    """What is trained on, and what is measured: all items, worn dev items, dev street garments."""

    train: Views
    items: Views
    worn: Views
    street: Views

    @torch.no_grad()
    def measure(self, projection: Projection) -> dict[str, float]:
        """Recall of worn views' items; agreement of street garments' neighbours; their mean."""
        return self.measure_parts(projection, self.project(projection))

    @torch.no_grad()
    def project(self, projection: Projection) -> list[dict[str, Tensor]]:
        """Unit vectors by part, of items, worn views and street garments."""
        views = (self.items, self.worn, self.street)
        return [projection.project(v.descriptors.float()) for v in views]

    def measure_parts(
        self, projection: Projection, parts: list[dict[str, Tensor]]
    ) -> dict[str, float]:
        """The same, of what `project` gave."""
        gallery, asked, street = (projection.combine(p) for p in parts)
        place = {int(i): row for row, i in enumerate(self.items.identity)}
        answers = torch.tensor([place[int(i)] for i in self.worn.identity])
        found = recall(asked, gallery, answers)
        _, order = nearest(street.numpy(), gallery.numpy(), 10)
        for name in ("category", "colour"):
            labels = (getattr(v, name).numpy() for v in (self.street, self.items))
            found[f"{name}@10"] = precision_at(order, *labels)
        return found | {"total": sum(found.values()) / len(found)}


def read_crop_sets(
    detector: GarmentDetector, samples: list[Sample], quarters: int
) -> dict[str, Crops]:
    """Sets by name: items, street garments, and `quarters` of the items in photo-like views."""
    street = [s for s in samples if s.source == "user" and s.garments]
    items = crop_sets.item_samples(samples)
    sets = {
        "shop-train": crop_sets.shop_items(detector, items, "shop-train"),
        "street-train": crop_sets.street_garments(detector, street, "street-train"),
    }
    return sets | dict(pairs.worn_views(detector, samples, quarters))


def cheap_views(sets: dict[str, Crops], dev: set[int]) -> list[tuple[str, Crops, Callable]]:
    """Views that need no second parse: (name of a set, its crops, how they are seen).

    A photo-like view with a coarse mask for garments that have none yet, and every third item in
    another colour.
    """
    worn_already = {
        row["garment"] for n, crops in sets.items() if n[:4] == "worn" for row in crops.rows
    }

    def lacks(row: dict) -> bool:
        return row["item"] not in dev and row["garment"] not in worn_already

    shop, street = sets["shop-train"], sets["street-train"]
    third = shop.subset(lambda row: row["item"] not in dev and row["garment"] % 3 == 0)
    return [
        ("shop-train", shop.subset(lacks), worn),
        ("street-train", street.subset(lacks), worn),
        ("shop-train", third, recoloured),
    ]


def make_splits(descriptor: Descriptor, sets: dict[str, Crops], dev: set[int], seed: int) -> Splits:
    """Describes every garment as it is, worn, and some in another colour; `dev` are photo ids."""
    wanted = [(name, crops, plain) for name, crops in sets.items()]
    wanted += cheap_views(sets, dev)
    parts = [
        (crops, descriptors.describe_all(descriptor, crops, name, view, seed), view is recoloured)
        for name, crops, view in wanted
    ]
    views, rows = as_views(parts)
    held = torch.tensor([row["item"] in dev for row in rows])
    kinds = torch.tensor([i for i, (crops, _, _) in enumerate(parts) for _ in crops.rows])
    names = list(sets)

    def keep(mask: Tensor) -> Views:
        rest = (views.category[mask], views.colour[mask], views.recoloured[mask])
        return Views(views.descriptors[mask], views.identity[mask], *rest)

    return Splits(
        views.subset(~held),
        keep(kinds == names.index("shop-train")),
        keep(kinds == names.index("worn-dev")),
        keep(held & (kinds == names.index("street-train"))),
    )


def deepfashion2_views(descriptor: Descriptor, crops: Crops, seed: int) -> Views:
    """DeepFashion2's crops as they are and in another colour; an identity is a (pair_id, style)."""
    parts = [
        (crops, descriptors.describe_all(descriptor, crops, "deepfashion2", view, seed), changed)
        for view, changed in ((plain, False), (recoloured, True))
    ]
    return as_views(parts)[0]


def choose_part_weights(projection: Projection, splits: Splits) -> dict[str, float]:
    """Sets the parts' weights, in twentieths, to those that measure best on the dev part."""
    best: dict[str, float] = {"total": -1.0}
    parts = splits.project(projection)
    for category in range(2, 13):
        for colour in range(2, 19 - category):
            pattern = 20 - category - colour
            if pattern < 2:
                continue
            weights = torch.tensor([category, colour, pattern]) / 20
            projection.weights.copy_(weights)
            found = splits.measure_parts(projection, parts)
            if found["total"] > best["total"]:
                best = found | dict(zip(PARTS, weights.tolist(), strict=True))
    projection.weights.copy_(torch.tensor([best[name] for name in PARTS]))
    return best


@torch.no_grad()
def colour_prototypes(projection: Projection, views: Views) -> dict[str, list[float]]:
    """The mean direction of each colour's garments: what replaces the colour part for "in blue"."""
    colours = projection.blocks(projection.project(views.descriptors.float()))["colour"]
    found = {}
    for place, name in enumerate(COLOURS):
        mine = colours[views.colour == place]
        if len(mine):
            mean = torch.nn.functional.normalize(mine.mean(0), dim=0)
            found[name] = [round(float(v), 5) for v in mean]
    return found


def fit_whitening(projection: Projection, views: Views) -> None:
    """Initialises the projection from about 2,000 views; all would take longer than training."""
    rows = torch.nonzero(~views.recoloured).flatten()
    some = rows[:: max(1, len(rows) // 2000)]
    projection.fit_whitening(views.descriptors[some].float())


def fit_to_pairs(
    embedder: Embedder, detector: GarmentDetector, samples: list[Sample], config: ContrastiveConfig
) -> dict:
    """Fits to DeepFashion2's pairs of photos; the last epoch and the given part weights stay."""
    projection = embedder.projection
    crops = pairs.deepfashion2_garments(detector, samples)
    descriptors.fit_palette(embedder.descriptor, crops.pixels)
    views = deepfashion2_views(embedder.descriptor, crops, config.seed)
    fit_whitening(projection, views)
    curve = fit(projection, views, config, None)
    return fitted_state(embedder, views, curve, {})


def fit_to_views(
    embedder: Embedder,
    detector: GarmentDetector,
    samples: list[Sample],
    config: ContrastiveConfig,
    quarters: int,
) -> dict:
    """Fits to views of single garments; the dev part chooses the epoch and the part weights."""
    projection = embedder.projection
    sets = read_crop_sets(detector, samples, quarters)
    descriptors.fit_palette(embedder.descriptor, sets["shop-train"].pixels)
    dev = {s.identifier for s in pairs.split_dev(samples)[1]}
    splits = make_splits(embedder.descriptor, sets, dev, config.seed)
    fit_whitening(projection, splits.train)
    curve = [{"epoch": 0, **splits.measure(projection)}]
    log.info("whitening alone: %s", curve[0])
    curve += fit(projection, splits.train, config, splits.measure)
    chosen = choose_part_weights(projection, splits)
    log.info("part weights: %s", chosen)
    return fitted_state(embedder, splits.items, curve, chosen)


def fitted_state(embedder: Embedder, plain_views: Views, curve: list[dict], chosen: dict) -> dict:
    """What `fit_embedder` writes and `deploy.export.load_embedder` reads."""
    return {
        "embedder": embedder.state_dict(),
        "prototypes": colour_prototypes(embedder.projection, plain_views),
        "curve": curve,
        "chosen": chosen,
    }
