import numpy as np

from armoire.data.coco import read_coco
from armoire.data.sources import cap_categories, in_dev


def test_cap_keeps_photos_while_one_of_their_categories_is_wanted(coco_root):
    samples = read_coco(coco_root, "train")
    kept = cap_categories(samples, 2, seed=1)
    counts = np.bincount([g.category for s in kept for g in s.garments], minlength=14)
    assert counts[1] == counts[8] == counts[9] == 2
    assert cap_categories(samples, 0, seed=1) is samples


def test_the_dev_part_depends_on_names_only(coco_root):
    samples = read_coco(coco_root, "train")
    assert not any(in_dev(s, 0.0) for s in samples)
    assert all(in_dev(s, 1.0) for s in samples)
    assert [in_dev(s, 0.3) for s in samples] == [in_dev(s, 0.3) for s in samples]
