import numpy as np
import pytest
from pycocotools import mask as rle_tools

from armoire.data.coco import read_coco
from armoire.data.sample import box_rle
from armoire.evaluation import tables
from armoire.evaluation.coco_eval import (
    accumulate,
    average_precision,
    bootstrap,
    category_ap,
    ground_truth,
)
from armoire.evaluation.summary import result_rows, score, use_box_area


def perfect_rows(samples):
    """One detection per garment: its own box, a full mask, a score that falls slowly."""
    rows = []
    for sample in samples:
        found = {
            "boxes": np.float32([g.box for g in sample.garments]).reshape(-1, 4),
            "scores": np.linspace(0.9, 0.8, len(sample.garments), dtype=np.float32),
            "labels": np.int64([g.category for g in sample.garments]),
            "masks": np.ones((len(sample.garments), 28, 28), np.float32),
        }
        rows += result_rows(sample.identifier, found, (sample.height, sample.width))
    return rows


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


def test_perfect_detections_score_one(coco_root):
    samples = read_coco(coco_root, "train")
    result = score(samples, perfect_rows(samples), resamples=5)
    assert result["box"]["all"]["AP"] == pytest.approx(1, abs=1e-3)
    assert result["mask"]["all"]["AP50"] == pytest.approx(1, abs=1e-3)
    assert result["box"]["often"]["AP"] is None
    assert result["byCategory"]["skirt"] == pytest.approx(
        {"garments": 6, **{f"{k}AP{n}": 1.0 for k in ("box", "mask") for n in ("", "50", "75")}},
        abs=1e-3,
    )
    assert result["byCategory"]["vest"]["boxAP"] is None
    assert set(result["bySource"]) == {"street", "shop"}


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
    low, high = bootstrap(run, ~np.isnan(values), 100)
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


def test_no_detections_score_zero(coco_root):
    samples = read_coco(coco_root, "val")
    assert np.nanmax(category_ap(accumulate(ground_truth(samples), []))) == 0


def test_masks_are_pasted_into_the_photo():
    found = {
        "boxes": np.float32([[10, 20, 50, 60]]),
        "scores": np.float32([0.9]),
        "labels": np.int64([9]),
        "masks": np.ones((1, 28, 28), np.float32),
    }
    (row,) = result_rows(1, found, (100, 80))
    mask = rle_tools.decode(row["segmentation"])
    assert mask.shape == (100, 80)
    assert mask[21:59, 11:49].all() and mask.sum() <= 42 * 42


def test_box_area_is_deepfashion2s_convention(coco_root):
    samples = read_coco(coco_root, "val")
    samples[0].garments[0].area = 5.0
    use_box_area(samples)
    assert samples[0].garments[0].area == 48 * 46


def test_tables_print_published_figures_and_what_does_not_apply(coco_root):
    samples = read_coco(coco_root, "train")
    result = {"model": "m", "split": "train", "area": "mask"}
    text = tables.render(result | score(samples, perfect_rows(samples), 5))
    assert "SE-ResNet101-FPN † | .634 | .743 | .712 | .642" in text
    assert "n/a" in text and "| skirt | 6 | 1.000" in text
