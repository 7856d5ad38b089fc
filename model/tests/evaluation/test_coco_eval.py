import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.data.masks import box_rle
from armoire.evaluation.coco_eval import (
    accumulate,
    average_precision,
    bootstrap_interval,
    category_ap,
    ground_truth,
)
from tests.drawings import perfect_rows


def test_average_precision_by_hand():
    scores = np.array([0.9, 0.8, 0.7])
    matched = np.array([[True, False, True]])
    ignored = np.zeros((1, 3), bool)
    # Two positives: precision 1 up to recall .5 (51 points), then 2/3 (50 points).
    expected = (51 + 50 * 2 / 3) / 101
    assert average_precision(scores, matched, ignored, 2)[0] == pytest.approx(expected)
    ignored[0, 1] = True
    assert average_precision(scores, matched, ignored, 2)[0] == pytest.approx(1)
    assert np.isnan(average_precision(scores, matched, ignored, 0)[0])


def test_our_ap_agrees_with_pycocotools_and_lies_in_its_interval(coco_root):
    samples = read_coco(coco_root, "train")
    rows = perfect_rows(samples)
    rng = np.random.default_rng(1)
    for row in rows:
        row["bbox"] = (np.array(row["bbox"]) + rng.uniform(-6, 6, 4)).tolist()
        row["score"] = float(rng.random())
        row["category_id"] = int(rng.choice([row["category_id"], 1], p=[0.8, 0.2]))
    run = accumulate(ground_truth(samples), rows)
    values = category_ap(run)
    photos = len(samples)
    for category in np.flatnonzero(~np.isnan(values)):
        part = run.evalImgs[category * 4 * photos : category * 4 * photos + photos]
        found = [p for p in part if p]
        ours = average_precision(
            np.concatenate([f["dtScores"] for f in found]),
            np.concatenate([f["dtMatches"] for f in found], 1) > 0,
            np.concatenate([f["dtIgnore"] for f in found], 1).astype(bool),
            sum(int((f["gtIgnore"] == 0).sum()) for f in found),
        )
        assert ours.mean() == pytest.approx(values[category])
    low, high = bootstrap_interval(run, ~np.isnan(values), 100)
    assert low[0] <= np.nanmean(values) <= high[0]


def test_a_detection_in_an_ignore_region_is_no_false_alarm(coco_root):
    samples = read_coco(coco_root, "val")
    rows = perfect_rows(samples)
    extra = rows[0] | {"bbox": [2, 100, 20, 20], "score": 0.99, "category_id": 9}
    region = box_rle((0, 96, 30, 30), 128, 96)
    spared = accumulate(ground_truth(samples), [*rows, extra])
    assert category_ap(spared)[8] < 0.9
    samples[0].regions = [region]
    spared = accumulate(ground_truth(samples), [*rows, extra])
    assert category_ap(spared)[8] == pytest.approx(1, abs=1e-3)


def test_a_garment_that_does_not_count_is_neither_missed_nor_found(coco_root):
    samples = read_coco(coco_root, "train")
    rows = perfect_rows(samples)
    trousers = [row for row in rows if row["category_id"] == 8]
    wrong = [row | {"category_id": 1, "score": 0.99} for row in trousers]

    def ap(found, counts=None):
        return category_ap(accumulate(ground_truth(samples, counts), found))

    missed = [row for row in rows if row["category_id"] != 8] + wrong
    assert ap(missed)[0] < 0.7 and ap(missed)[7] == 0
    tops_only = ap(missed, lambda _, garment: garment.category == 1)
    assert tops_only[0] == pytest.approx(1, abs=1e-3) and np.isnan(tops_only[7])


def test_no_detections_score_zero(coco_root):
    samples = read_coco(coco_root, "val")
    assert np.nanmax(category_ap(accumulate(ground_truth(samples), []))) == 0
