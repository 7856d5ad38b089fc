import pytest

from armoire.data.coco import read_coco
from armoire.data.masks import box_rle
from armoire.evaluation.summary import score, use_box_area
from tests.drawings import perfect_rows


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


def test_masks_are_scored_on_good_outlines_and_boxes_on_all(coco_root):
    samples = read_coco(coco_root, "train")
    rows = perfect_rows(samples)
    for row in rows:
        if row["category_id"] == 8:
            row["segmentation"] = box_rle((0, 0, 5, 5), 128, 96)
    before = score(samples, rows, resamples=0)
    for sample in samples:
        for garment in sample.garments:
            garment.masked = garment.category != 8
    after = score(samples, rows, resamples=0)
    assert before["byCategory"]["trousers"]["maskAP"] == 0
    assert after["byCategory"]["trousers"]["maskAP"] is None
    assert after["mask"]["all"]["AP"] == pytest.approx(1, abs=1e-3)
    assert after["box"] == before["box"]


def test_box_area_is_deepfashion2s_convention(coco_root):
    samples = read_coco(coco_root, "val")
    samples[0].garments[0].area = 5.0
    use_box_area(samples)
    assert samples[0].garments[0].area == 48 * 46
