"""DeepFashion2's landmark protocol: COCO's AP over object keypoint similarity, by pycocotools.

The result format is the official one: rows of image_id, category_id (1–13), keypoints (882 numbers:
x, y in pixels of the photo and a visibility that is not read, for all 294 landmarks) and score.
"""

import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from armoire.data.landmarks import TOTAL, from_channels, to_keypoints
from armoire.data.sample import Sample
from armoire.evaluation.coco_eval import category_ap, mean, rounded
from armoire.photo import CATEGORIES

# How far annotators stray at each landmark, as a share of the square root of a garment's box area:
# the constants of the data set's own evaluator (switchablenorms/DeepFashion2, cocoeval.py).
# fmt: off
SIGMAS = np.array([
    # short sleeve top
    0.0120, 0.0158, 0.0169, 0.0165, 0.0169, 0.0158, 0.0298, 0.0329, 0.0321, 0.0323, 0.0340,
    0.0388, 0.0452, 0.0574, 0.0492, 0.0352, 0.0492, 0.0574, 0.0452, 0.0388, 0.0340, 0.0323,
    0.0321, 0.0329, 0.0298,
    # long sleeve top
    0.0194, 0.0170, 0.0185, 0.0193, 0.0185, 0.0170, 0.0286, 0.0471, 0.0547, 0.0526, 0.0430,
    0.0392, 0.0513, 0.0566, 0.0509, 0.0564, 0.0542, 0.0604, 0.0599, 0.0520, 0.0599, 0.0604,
    0.0542, 0.0564, 0.0509, 0.0566, 0.0513, 0.0392, 0.0430, 0.0526, 0.0547, 0.0471, 0.0286,
    # short sleeve outwear
    0.0074, 0.0085, 0.0165, 0.0248, 0.0165, 0.0085, 0.0156, 0.0231, 0.0296, 0.0137, 0.0195,
    0.0250, 0.0347, 0.0380, 0.0257, 0.0370, 0.0257, 0.0380, 0.0347, 0.0250, 0.0195, 0.0137,
    0.0296, 0.0231, 0.0156, 0.0248, 0.0469, 0.0632, 0.0370, 0.0469, 0.0632,
    # long sleeve outwear
    0.0137, 0.0153, 0.0243, 0.0377, 0.0243, 0.0153, 0.0203, 0.0366, 0.0467, 0.0433, 0.0393,
    0.0329, 0.0418, 0.0477, 0.0399, 0.0331, 0.0420, 0.0492, 0.0436, 0.0478, 0.0436, 0.0492,
    0.0420, 0.0331, 0.0399, 0.0477, 0.0418, 0.0329, 0.0393, 0.0433, 0.0467, 0.0366, 0.0203,
    0.0377, 0.0645, 0.0573, 0.0478, 0.0645, 0.0573,
    # vest
    0.0352, 0.0158, 0.0210, 0.0214, 0.0210, 0.0158, 0.0196, 0.0500, 0.0489, 0.0404, 0.0401,
    0.0404, 0.0489, 0.0500, 0.0196,
    # sling
    0.0276, 0.0548, 0.0283, 0.0204, 0.0283, 0.0548, 0.0369, 0.0726, 0.0677, 0.0640, 0.0251,
    0.0640, 0.0677, 0.0726, 0.0369,
    # shorts
    0.0308, 0.0216, 0.0308, 0.0506, 0.0494, 0.0463, 0.0477, 0.0463, 0.0494, 0.0506,
    # trousers
    0.0275, 0.0202, 0.0275, 0.0651, 0.0451, 0.0350, 0.0280, 0.0392, 0.0362, 0.0392, 0.0280,
    0.0350, 0.0451, 0.0651,
    # skirt
    0.0253, 0.0195, 0.0253, 0.0513, 0.0543, 0.0415, 0.0543, 0.0513,
    # short sleeve dress
    0.0153, 0.0230, 0.0167, 0.0145, 0.0167, 0.0230, 0.0332, 0.0391, 0.0391, 0.0396, 0.0440,
    0.0452, 0.0498, 0.0514, 0.0585, 0.0655, 0.0635, 0.0602, 0.0635, 0.0655, 0.0585, 0.0514,
    0.0498, 0.0452, 0.0440, 0.0396, 0.0391, 0.0391, 0.0332,
    # long sleeve dress
    0.0121, 0.0134, 0.0158, 0.0162, 0.0158, 0.0134, 0.0246, 0.0406, 0.0470, 0.0404, 0.0463,
    0.0466, 0.0435, 0.0499, 0.0455, 0.0440, 0.0411, 0.0490, 0.0576, 0.0685, 0.0618, 0.0483,
    0.0618, 0.0685, 0.0576, 0.0490, 0.0411, 0.0440, 0.0486, 0.0499, 0.0435, 0.0466, 0.0463,
    0.0404, 0.0470, 0.0406, 0.0246,
    # vest dress
    0.0116, 0.0167, 0.0160, 0.0180, 0.0160, 0.0167, 0.0196, 0.0385, 0.0421, 0.0497, 0.0562,
    0.0528, 0.0428, 0.0528, 0.0562, 0.0497, 0.0421, 0.0385, 0.0196,
    # sling dress
    0.0244, 0.0297, 0.0244, 0.0208, 0.0244, 0.0297, 0.0173, 0.0616, 0.0659, 0.0712, 0.0707,
    0.0685, 0.0339, 0.0685, 0.0707, 0.0712, 0.0659, 0.0616, 0.0173,
])
# fmt: on


def landmark_truth(samples: list[Sample]) -> COCO:
    """Garments with landmarks as a COCO data set; `area` is the box's, as officially converted.

    A garment without a labelled landmark is ignored: a detection of it is neither right nor wrong.
    """
    annotations = []
    for sample in samples:
        for garment in sample.garments:
            x1, y1, x2, y2 = (float(v) for v in garment.box)
            landmarks = garment.extra.get("landmarks")
            keypoints = (
                [0.0] * (3 * TOTAL)
                if landmarks is None
                else to_keypoints(landmarks, garment.category)
            )
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": sample.identifier,
                    "category_id": garment.category,
                    "bbox": [x1, y1, x2 - x1, y2 - y1],
                    "area": (x2 - x1) * (y2 - y1),
                    "iscrowd": 0,
                    "keypoints": keypoints,
                    "num_keypoints": int((np.asarray(keypoints[2::3]) > 0).sum()),
                }
            )
    table = COCO()
    table.dataset = {
        "info": {},
        "images": [{"id": s.identifier, "width": s.width, "height": s.height} for s in samples],
        "annotations": annotations,
        "categories": [{"id": i, "name": n} for i, n in enumerate(CATEGORIES, 1)],
    }
    with contextlib.redirect_stdout(io.StringIO()):
        table.createIndex()
    return table


def landmark_rows(identifier: int, found: dict) -> list[dict]:
    """What a parser with a landmark branch found in a photo → rows in the official format."""
    if "landmarks" not in found:
        raise ValueError("the parser has no landmark branch")
    fields = zip(found["scores"], found["labels"], found["landmarks"], strict=True)
    return [
        {
            "image_id": identifier,
            "category_id": int(label),
            "keypoints": to_keypoints(from_channels(shared, int(label)), int(label)),
            "score": float(score),
        }
        for score, label, shared in fields
    ]


def check_results(samples: list[Sample], rows: list[dict]) -> None:
    """ValueError for the first row that is not in the official format, with its place."""
    photos = {sample.identifier for sample in samples}
    for place, row in enumerate(rows):
        missing = [k for k in ("image_id", "category_id", "keypoints", "score") if k not in row]
        if missing:
            raise ValueError(f"row {place} has no {', '.join(missing)}")
        if row["image_id"] not in photos:
            raise ValueError(f"row {place} is of photo {row['image_id']}, which the split has not")
        if not 1 <= row["category_id"] <= len(CATEGORIES):
            raise ValueError(f"row {place} has category_id {row['category_id']}")
        if len(row["keypoints"]) != 3 * TOTAL:
            raise ValueError(
                f"row {place} has {len(row['keypoints'])} numbers in keypoints, not {3 * TOTAL}"
            )


def evaluate_landmarks(samples: list[Sample], rows: list[dict]) -> COCOeval:
    """Runs the protocol on checked rows: at most 20 detections of a category in a photo."""
    truth = landmark_truth(samples)
    with contextlib.redirect_stdout(io.StringIO()):
        # It writes into the rows.
        found = truth.loadRes([dict(row) for row in rows]) if rows else _nothing(truth)
        run = COCOeval(truth, found, "keypoints")
        run.params.kpt_oks_sigmas = SIGMAS
        run.evaluate()
        run.accumulate()
    return run


def summarize_landmarks(samples: list[Sample], rows: list[dict]) -> dict:
    """AP over similarities of .50:.95, AP50 and AP75, each the mean of categories that occur."""
    check_results(samples, rows)
    run = evaluate_landmarks(samples, rows)
    by_category = category_ap(run)
    return {
        "garments": int(sum(a["num_keypoints"] > 0 for a in run.cocoGt.dataset["annotations"])),
        "ap": rounded(mean(by_category)),
        "ap50": rounded(mean(category_ap(run, 0.5))),
        "ap75": rounded(mean(category_ap(run, 0.75))),
        "by_category": {
            name: rounded(value)
            for name, value in zip(CATEGORIES, by_category, strict=True)
            if not np.isnan(value)
        },
    }


def _nothing(truth: COCO) -> COCO:
    found = COCO()
    found.dataset = truth.dataset | {"annotations": []}
    found.createIndex()
    return found
