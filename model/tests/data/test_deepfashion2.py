import json

import cv2
import pytest

from armoire.data.deepfashion2 import image_size, read_deepfashion2
from tests.drawings import draw_photo


def test_deepfashion2_reader(deepfashion2_root, caplog):
    samples = read_deepfashion2(deepfashion2_root, "train")
    assert [s.identifier for s in samples] == [1, 2]
    garment = samples[0].garments[0]
    assert (garment.category, garment.area) == (9, 56 * 70)
    assert garment.extra["pair_id"] == 7 and garment.extra["style"] == 1
    assert garment.extra["landmarks"].tolist()[:4] == [
        [20, 30, 2],
        [48, 30, 1],
        [76, 30, 2],
        [0, 0, 0],
    ]
    assert len(samples[1].garments) == 1
    assert "000003.jpg" in caplog.text and "item2" in caplog.text


def test_landmarks_of_another_number_are_left_out_and_told(deepfashion2_root, caplog):
    path = deepfashion2_root / "train" / "annos" / "000001.json"
    table = json.loads(path.read_text())
    table["item1"]["landmarks"] = [20, 30, 2]
    path.write_text(json.dumps(table))
    garment = read_deepfashion2(deepfashion2_root, "train")[0].garments[0]
    assert "landmarks" not in garment.extra and garment.category == 9
    assert "1 landmarks, but category 9 has 8" in caplog.text


def test_deepfashion2_test_folder_has_no_annotations(deepfashion2_root):
    (sample,) = read_deepfashion2(deepfashion2_root, "test")
    assert sample.garments == [] and (sample.width, sample.height) == (96, 128)


def test_image_size_reads_headers_only(tmp_path):
    for quality in (20, 95):
        path = tmp_path / f"{quality}.jpg"
        cv2.imwrite(str(path), draw_photo([]), [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert image_size(path) == (96, 128)
    (tmp_path / "no.jpg").write_bytes(b"not a picture")
    with pytest.raises(ValueError, match="not a JPEG"):
        image_size(tmp_path / "no.jpg")
