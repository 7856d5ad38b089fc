from armoire.data.coco import read_coco
from armoire.evaluation import tables
from armoire.evaluation.summary import score
from tests.drawings import perfect_rows


def test_tables_print_published_figures_and_what_does_not_apply(coco_root):
    samples = read_coco(coco_root, "train")
    result = {"model": "m", "split": "train", "area": "mask"}
    text = tables.render(result | score(samples, perfect_rows(samples), 5))
    assert "SE-ResNet101-FPN † | .634 | .743 | .712 | .642" in text
    assert "n/a" in text and "| skirt | 6 | 1.000" in text
