"""All AP figures of one split, and the few that training and the studies go by.

`tables` prints them; the manifest's `accuracy` is what `score` gives.
"""

import numpy as np
import torch
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from armoire.data.sample import Sample, read_rgb
from armoire.evaluation.coco_eval import (
    MIN_GARMENTS,
    accumulate,
    bootstrap_interval,
    category_ap,
    count_garments,
    frequent_categories,
    ground_truth,
    mask_truth,
    mean,
    rounded,
)
from armoire.evaluation.predict import box_rows, detect
from armoire.evaluation.seen import score_seen
from armoire.photo import CATEGORIES


def summary(run: COCOeval, chosen: np.ndarray, resamples: int) -> dict:
    """AP, AP50, AP75 and AP by size over the chosen categories [13], with 95 % intervals.

    `resamples` of the photos make the intervals; 0 leaves them out.
    """
    values = {
        "AP": mean(category_ap(run)[chosen]),
        "AP50": mean(category_ap(run, 0.5)[chosen]),
        "AP75": mean(category_ap(run, 0.75)[chosen]),
    }
    for area, name in enumerate(("small", "medium", "large"), 1):
        values[name] = mean(category_ap(run, area=area)[chosen])
    table: dict = {name: rounded(value) for name, value in values.items()}
    if resamples:
        low, high = bootstrap_interval(run, chosen, resamples)
        table["interval"] = {
            name: [rounded(low[i]), rounded(high[i])] for i, name in enumerate(("AP", "AP50"))
        }
    return table


def truth_of(samples: list[Sample], kind: str) -> COCO:
    """Boxes (bbox) are scored on all garments, masks (segm) on those with a good outline."""
    return ground_truth(samples) if kind == "bbox" else mask_truth(samples)


def score(samples: list[Sample], rows: list[dict], resamples: int) -> dict:
    """All figures: over frequent ("often") and all categories, by category and by source."""
    counts = count_garments(samples)
    frequent, occurring = counts >= MIN_GARMENTS, counts > 0
    result: dict = {"photos": len(samples), "garments": int(counts.sum())}
    by_category: dict = {
        name: {"garments": int(n)} for name, n in zip(CATEGORIES, counts, strict=True)
    }
    for kind, name in (("bbox", "box"), ("segm", "mask")):
        run = accumulate(truth_of(samples, kind), rows, kind)
        result[name] = {
            "all": summary(run, occurring, resamples),
            "often": summary(run, frequent, resamples),
        }
        for label, iou in (("AP", None), ("AP50", 0.5), ("AP75", 0.75)):
            for category, value in zip(CATEGORIES, category_ap(run, iou), strict=True):
                by_category[category][f"{name}{label}"] = rounded(value)
    result["byCategory"] = by_category
    result["bySource"] = score_sources(samples, rows, frequent)
    result["bySeen"] = score_seen(samples, rows, frequent)
    return result


def score_sources(samples: list[Sample], rows: list[dict], frequent: np.ndarray) -> dict:
    """Street photos and shop photos apart, over the categories frequent in the whole split."""
    result = {}
    for source, name in (("user", "street"), ("shop", "shop")):
        part, mine = of_source(samples, rows, source)
        if not any(s.garments for s in part):
            continue
        result[name] = {"photos": len(part), "garments": sum(len(s.garments) for s in part)}
        for kind, label in (("bbox", "box"), ("segm", "mask")):
            result[name][label] = summary(accumulate(truth_of(part, kind), mine, kind), frequent, 0)
    return result


def of_source(
    samples: list[Sample], rows: list[dict], source: str
) -> tuple[list[Sample], list[dict]]:
    """The photos of one source (user or shop) and the detections on them."""
    part = [s for s in samples if s.source == source]
    inside = {s.identifier for s in part}
    return part, [row for row in rows if row["image_id"] in inside]


def headline_ap(samples: list[Sample], rows: list[dict]) -> dict[str, float | None]:
    """Box AP, AP50, mask AP and street box AP, all over the categories frequent in the split."""
    frequent = frequent_categories(samples)
    box = accumulate(ground_truth(samples), rows)
    street, mine = of_source(samples, rows, "user")
    street_run = accumulate(ground_truth(street), mine) if street else None
    values = {
        "ap": mean(category_ap(box)[frequent]),
        "ap50": mean(category_ap(box, 0.5)[frequent]),
        "mask_ap": mean(category_ap(accumulate(mask_truth(samples), rows, "segm"))[frequent]),
        "street_ap": mean(category_ap(street_run)[frequent]) if street_run else float("nan"),
    }
    return {name: rounded(value) for name, value in values.items()}


@torch.no_grad()
def dev_ap(parser: torch.nn.Module, samples: list[Sample], long_side: int, device: str) -> dict:
    """Box AP and AP50 of a network: over the frequent categories, all, and each."""
    parser.eval()
    rows, kept = [], []
    for sample in samples:
        try:
            image = read_rgb(sample.path)
        except (ValueError, OSError):
            continue
        kept.append(sample)
        rows += box_rows(sample.identifier, detect(parser, image, long_side, device))
    run = accumulate(ground_truth(kept), rows)
    frequent, ap, ap50 = frequent_categories(kept), category_ap(run), category_ap(run, 0.5)
    occurs = bool(count_garments(kept).any())
    return {
        "ap": float(np.nanmean(ap[frequent])),
        "ap50": float(np.nanmean(ap50[frequent])),
        "ap50_all": float(np.nanmean(ap50)) if occurs else float("nan"),
        "ap50_by_category": [None if np.isnan(v) else round(float(v), 3) for v in ap50],
    }


def use_box_area(samples: list[Sample]) -> None:
    """AP by size goes by box area, as in DeepFashion2's official conversion; changes in place."""
    for sample in samples:
        for garment in sample.garments:
            garment.area = float(np.prod(garment.box[2:] - garment.box[:2]))
