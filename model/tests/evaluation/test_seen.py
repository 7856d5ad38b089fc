import json
from pathlib import Path

import numpy as np
import pytest

from armoire.data.coco import read_coco
from armoire.data.sample import Garment, Sample
from armoire.evaluation import seen, tables
from tests.drawings import perfect_rows, rectangle


def garment(x1, y1, x2, y2, **extra) -> Garment:
    polygon = np.float32(rectangle(x1, y1, x2, y2)).reshape(-1, 2)
    box = np.float32([x1, y1, x2, y2])
    return Garment(1, box, [polygon], float((x2 - x1) * (y2 - y1)), extra=extra)


def sample(*garments: Garment, source: str = "user", regions=()) -> Sample:
    nothing = np.zeros((0, 4), np.float32)
    return Sample(Path("a"), 1, 100, 200, source, list(garments), nothing, list(regions))


def groups(of: Sample) -> list[set[str]]:
    return [{n for n, belongs in seen.GROUPS.items() if belongs(of, g)} for g in of.garments]


def test_groups_by_hand():
    top, trousers = garment(30, 20, 70, 70), garment(30, 60, 70, 190)
    assert groups(sample(top, trousers)) == [{"worn"}, {"worn"}]
    assert groups(sample(garment(5, 5, 95, 190), source="shop")) == [{"not worn", "close-up"}]
    assert groups(sample(garment(1, 20, 40, 190))) == [{"worn", "cut off by the edge"}]
    assert groups(sample(garment(40, 60, 60, 148))) == [{"worn", "person small"}]
    other = garment(75, 100, 95, 190, wearer="other")
    assert groups(sample(top, other)) == [{"worn", "several people"}] * 2
    assert groups(sample(top, trousers, regions=[{}])) == [{"worn", "several people"}] * 2


def test_each_group_is_scored_alone(coco_root):
    samples = read_coco(coco_root, "train")
    rows = perfect_rows(samples)
    shop = {s.identifier for s in samples if s.source == "shop"}
    for row in rows:
        if row["image_id"] in shop:
            row["bbox"] = [0, 0, 5, 5]
    often = np.ones(13, bool)
    result = seen.score_seen(samples, rows, often)
    assert result["worn"]["boxAP"] == pytest.approx(1, abs=1e-3)
    assert result["not worn"] | {"maskAP": 1} == {
        **{"photos": 6, "garments": 6, "boxAP": 0.0, "boxAP50": 0.0, "maskAP": 1}
    }
    assert result["cut off by the edge"] == {"photos": 0, "garments": 0}
    assert json.loads(json.dumps(result)) == result
    text = tables.by_seen({"bySeen": result})
    assert "| worn | 6 | 12 | 1.000 | 1.000 | 1.000 |" in text
    assert "| cut off by the edge | 0 | 0 | n/a | n/a | n/a |" in text
    assert tables.by_seen({}) == ""
