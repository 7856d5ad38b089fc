import numpy as np

from armoire.data.coco import category_order, read_coco
from armoire.data.masks import decode_rle
from tests.drawings import coco_annotation, write_coco


def test_coco_reader_gives_garments_in_photo_pixels(coco_root):
    samples = read_coco(coco_root, "train")
    assert len(samples) == 12
    first = samples[0]
    assert [g.category for g in first.garments] == [1, 8]
    assert first.garments[0].box.tolist() == [24, 10, 72, 56]
    assert first.garments[0].polygons[0].tolist()[2] == [72, 56]


def test_broken_annotations_are_named_and_skipped(tmp_path, caplog):
    image = {"id": 1, "file_name": "a.png", "width": 96, "height": 128}
    good = coco_annotation(1, 1, 9, (20, 30, 76, 100))
    empty = coco_annotation(2, 1, 9, (20, 30, 20, 100))
    bare = coco_annotation(3, 1, 9, (20, 30, 76, 100), segmentation=[[1, 2]])
    write_coco(tmp_path, [image, {"id": 2}], [good, empty, bare])
    samples = read_coco(tmp_path, "train")
    assert len(samples) == 1
    assert [g.identifier for g in samples[0].garments] == [1]
    assert "annotation 2" in caplog.text and "annotation 3" in caplog.text
    assert "image 2" in caplog.text


def test_ignore_regions_are_read_once_although_repeated_as_crowds(tmp_path):
    mask = np.zeros((128, 96), np.uint8)
    mask[10:30, 5:25] = 1
    runs = [5 * 128 + 10, *([20, 108] * 19), 20]
    region = {"counts": [*runs, 128 * 96 - sum(runs)], "size": [128, 96]}
    assert (decode_rle(region) == mask).all()
    image = {"id": 1, "file_name": "a.png", "width": 96, "height": 128}
    crowd = coco_annotation(1, 1, 1, (5, 10, 25, 30), iscrowd=1, segmentation=region)
    write_coco(tmp_path, [image | {"ignore_regions": [region]}], [crowd, crowd | {"id": 2}])
    write_coco(tmp_path, [image], [crowd], "val")
    for split in ("train", "val"):
        (sample,) = read_coco(tmp_path, split)
        assert sample.garments == []
        assert sample.ignore.tolist() == [[5, 10, 25, 30]]
        assert len(sample.regions) == 1


def test_the_reader_tells_which_outlines_and_boxes_to_learn_from(tmp_path):
    words = [
        {},
        {"mask": "good", "box": "good"},
        {"mask": "rough", "box": "about"},
        {"mask": "none", "box": "approximate"},
    ]
    annotations = [coco_annotation(n, 1, 9, (10, 10, 50, 50)) | w for n, w in enumerate(words)]
    write_coco(tmp_path, [{"id": 1, "file_name": "a.png", "width": 96, "height": 128}], annotations)
    (sample,) = read_coco(tmp_path, "train")
    assert [g.masked for g in sample.garments] == [True, True, False, False]
    assert [g.boxed for g in sample.garments] == [True, True, True, False]


def test_category_ids_with_gaps_become_a_row():
    ours = [{"id": 40, "name": "skirt"}, {"id": 3, "name": "vest"}]
    others = [{"id": 90, "name": "toothbrush"}, {"id": 1, "name": "person"}]
    assert category_order(ours) == {40: 9, 3: 5}
    assert category_order(others) == {1: 1, 90: 2}
    assert category_order([]) == {}
