"""AP by how a garment is seen: worn or not, close, cut off, small, among several people."""

from collections.abc import Callable

import numpy as np

from armoire.data.sample import Garment, Sample
from armoire.evaluation.coco_eval import accumulate, category_ap, ground_truth, mean, rounded

# Of the photo's area, of its long side, and of its height.
CLOSE, EDGE, SMALL = 0.5, 0.01, 0.45


def worn(sample: Sample, _: Garment) -> bool:
    return sample.source == "user"


def not_worn(sample: Sample, _: Garment) -> bool:
    return sample.source != "user"


def close_up(sample: Sample, garment: Garment) -> bool:
    """The garment's box covers more than half of the photo."""
    x1, y1, x2, y2 = garment.box
    return (x2 - x1) * (y2 - y1) > CLOSE * sample.width * sample.height


def cut_off(sample: Sample, garment: Garment) -> bool:
    """The garment's box touches an edge of the photo."""
    margin = EDGE * max(sample.width, sample.height)
    x1, y1, x2, y2 = garment.box
    right, bottom = sample.width - margin, sample.height - margin
    return bool(min(x1, y1) <= margin or x2 >= right or y2 >= bottom)


def person_small(sample: Sample, _: Garment) -> bool:
    """A street photo's garments together span less than .45 of its height."""
    boxes = np.array([g.box for g in sample.garments])
    span = boxes[:, 3].max() - boxes[:, 1].min()
    return sample.source == "user" and bool(span < SMALL * sample.height)


def several_people(sample: Sample, _: Garment) -> bool:
    """A street photo with another person's garment, or with clothing too unclear to label."""
    others = any(g.extra.get("wearer") == "other" for g in sample.garments)
    return sample.source == "user" and (others or bool(sample.regions))


GROUPS: dict[str, Callable[[Sample, Garment], bool]] = {
    "worn": worn,
    "not worn": not_worn,
    "close-up": close_up,
    "cut off by the edge": cut_off,
    "person small": person_small,
    "several people": several_people,
}


def score_seen(samples: list[Sample], rows: list[dict], frequent: np.ndarray) -> dict:
    """Box AP and AP50, and mask AP, of each group over the split's frequent categories [13].

    Only photos with a garment of the group are scored; their other garments do not count.
    """
    result = {}
    for name, belongs in GROUPS.items():
        part = [s for s in samples if any(belongs(s, g) for g in s.garments)]
        count = int(sum(belongs(s, g) for s in part for g in s.garments))
        result[name] = {"photos": len(part), "garments": count}
        if not count:
            continue
        inside = {s.identifier for s in part}
        mine = [row for row in rows if row["image_id"] in inside]
        box = accumulate(ground_truth(part, belongs), mine)
        mask = accumulate(
            ground_truth(part, lambda s, g, own=belongs: g.masked and own(s, g)), mine, "segm"
        )
        values = (category_ap(box), category_ap(box, 0.5), category_ap(mask))
        for label, value in zip(("boxAP", "boxAP50", "maskAP"), values, strict=True):
            result[name][label] = rounded(mean(value[frequent]))
    return result
