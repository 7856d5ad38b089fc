"""Pictures of outfit items as embeddings, and the exported compatibility model as a scorer."""

import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from armoire.data.polyvore.outfit_data import Item
from armoire.manifest import FILE, write_manifest
from armoire.retrieval import outfit_items
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.outfit_items import (
    EmbeddedItems,
    ModelScorer,
    choose_garment,
    embed_items,
    item_crop,
    rows_of,
)
from tests.drawings import draw_photo


def found(*garments: tuple[int, tuple]) -> dict:
    return {
        "labels": np.array([label for label, _ in garments], np.int64),
        "boxes": np.float32([box for _, box in garments]).reshape(-1, 4),
    }


def test_the_largest_garment_of_the_kind_is_chosen():
    seen = found((8, (0, 0, 90, 90)), (1, (0, 0, 10, 10)), (5, (0, 0, 20, 20)))
    assert choose_garment(seen, outfit_items.CLOTHING["tops"]) == 2
    assert choose_garment(seen, outfit_items.CLOTHING["bottoms"]) == 0
    # A dress seen as something else is still what there is to see.
    assert choose_garment(seen, outfit_items.CLOTHING["all-body"]) == 0
    assert choose_garment(seen, ()) == 0
    assert choose_garment(found(), (1,)) is None


def picture(folder, name: str, kind: str = "tops") -> Item:
    path = folder / f"{name}.jpg"
    cv2.imwrite(str(path), draw_photo([(20, 30, 76, 100)]))
    return Item(name, "7", kind, name, path)


def test_shoes_are_embedded_whole_and_lie_outside_the_taxonomy(exported, tmp_path):
    detector = GarmentDetector(exported[0])
    crop, category = item_crop(detector, picture(tmp_path, "a", "shoes"))
    assert category == 0
    # 96 × 128 pixels in a square: three quarters are the picture.
    assert (crop[..., 3] > 0).mean() == pytest.approx(0.75, abs=0.01)
    _, category = item_crop(detector, picture(tmp_path, "b", "tops"))
    assert 0 <= category <= 13


def test_pictures_that_cannot_be_read_are_left_out(exported, tmp_path, caplog, monkeypatch):
    good = picture(tmp_path, "good")
    broken = picture(tmp_path, "broken")
    broken.image.write_bytes(b"\xff\xd8 not a photo")
    text = picture(tmp_path, "text")
    text.image.write_text("GIF89a")
    missing = Item("missing", "7", "tops", "", tmp_path / "missing.jpg")
    items = [missing, broken, text, good]
    embedded = embed_items(exported[0], items)
    assert embedded.ids == ["good"]
    assert embedded.vectors.shape == (1, 256)
    assert np.linalg.norm(embedded.vectors[0]) == pytest.approx(1, abs=1e-4)
    assert "1 of 4 items have no picture" in caplog.text
    assert "item broken skipped" in caplog.text
    # The second time nothing is parsed.
    monkeypatch.setattr(outfit_items, "_embed", None)
    again = embed_items(exported[0], items)
    np.testing.assert_array_equal(again.vectors, embedded.vectors)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(exported, tmp_path, caplog):
    item = picture(tmp_path, "bomb")
    content = bytearray(item.image.read_bytes())
    # Height and width stand five bytes after the frame header's marker.
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = b"\xff\xff\xff\xff"
    item.image.write_bytes(content)
    assert embed_items(exported[0], [item]).ids == []
    assert "65535 × 65535 pixels are too many" in caplog.text


def write_model(folder) -> None:
    """query = embedding · target, so that the direction of a pair shows; and its calibration."""
    number, real = TensorProto.INT64, TensorProto.FLOAT
    nodes = [
        helper.make_node("Unsqueeze", ["target", "one"], ["column"]),
        helper.make_node("Cast", ["column"], ["factor"], to=real),
        helper.make_node("Mul", ["embedding", "factor"], ["scaled"]),
        # The source is an input that this graph only has to take.
        helper.make_node("Unsqueeze", ["source", "one"], ["other"]),
        helper.make_node("Cast", ["other"], ["unused"], to=real),
        helper.make_node("Mul", ["unused", "zero"], ["nothing"]),
        helper.make_node("Add", ["scaled", "nothing"], ["query"]),
    ]
    inputs = [
        helper.make_tensor_value_info("embedding", real, ["N", 2]),
        helper.make_tensor_value_info("source", number, ["N"]),
        helper.make_tensor_value_info("target", number, ["N"]),
    ]
    constants = [
        helper.make_tensor("one", number, [1], [1]),
        helper.make_tensor("zero", real, [1], [0.0]),
    ]
    outputs = [helper.make_tensor_value_info("query", real, ["N", 2])]
    graph = helper.make_graph(nodes, "pairs", inputs, outputs, constants)
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), folder / "pairs.onnx")
    table = np.arange(196).reshape(14, 14)
    calibration = {"scale": (table / 100).tolist(), "bias": (-table / 10).tolist()}
    write_manifest(folder, {"compatibility": {"file": "pairs.onnx", "calibration": calibration}})
    assert (folder / FILE).exists()


def test_the_models_logit_is_scaled_by_its_pair_of_categories(tmp_path):
    write_model(tmp_path)
    vectors = np.float32([[1, 0], [0.6, 0.8], [0, 1], [0.8, 0.6]])
    items = EmbeddedItems(list("abcd"), vectors, np.array([1, 8, 0, 8]))
    scorer = ModelScorer(tmp_path, items)
    # a (1) with b (8): cosine .6, times 8; row 1, column 8 of the tables is 1 · 14 + 8 = 22.
    # b (8) with a (1): cosine .6, times 1; row 8, column 1 is 8 · 14 + 1 = 113.
    # c (0) with d (8): cosine .6, times 8; row 0, column 8 is 8.
    # d (8) with c (0): times 0; row 8, column 0 is 112.
    scores = scorer.pairs(np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2]))
    expected = [0.22 * 4.8 - 2.2, 1.13 * 0.6 - 11.3, 0.08 * 4.8 - 0.8, -11.2]
    np.testing.assert_allclose(scores, expected, rtol=1e-5)
    # A gallery's scores are the sums over each question's pairs.
    questions, gallery = [np.array([0, 2]), np.array([1])], np.array([3, 0, 1, 2])
    sums = [
        scorer.pairs(np.repeat(rows, 4), np.tile(gallery, len(rows))).reshape(-1, 4).sum(0)
        for rows in questions
    ]
    np.testing.assert_allclose(scorer.against(questions, gallery), sums, rtol=1e-5)


def test_rows_follow_the_ids():
    items = EmbeddedItems(["a", "b"], np.float32([[1, 0], [0, 1]]), np.array([3, 4]))
    picked = rows_of(items, ["b", "a", "b"])
    assert picked.categories.tolist() == [4, 3, 4]
    np.testing.assert_array_equal(picked.vectors[0], [0, 1])
