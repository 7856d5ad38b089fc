"""The commands that measure, from their arguments to the files that they write."""

import json
import shutil

import pytest

from armoire.data import sources
from armoire.data.coco import read_coco
from armoire.training.checkpoint import save
from tests.drawings import small_parser
from tools import choose, evaluate, retrieve


@pytest.fixture
def weights(exported, tmp_path):
    """A copy of the small network's files, free to be changed."""
    return shutil.copytree(exported[0], tmp_path / "weights")


@pytest.fixture
def checkpoint(tmp_path):
    parser = small_parser(0.05)
    path = tmp_path / "last.pt"
    save(path, {"network": vars(parser.config), "ema": parser.state_dict()})
    return path


def test_evaluate_measures_files_and_fills_the_manifest(coco_root, weights, tmp_path, capsys):
    out = tmp_path / "evaluation"
    arguments = [str(coco_root), "--weights", str(weights), "--out", str(out)]
    evaluate.main([*arguments, "--bootstrap", "3", "--update-manifest"])
    assert "SE-ResNet101-FPN" in capsys.readouterr().out
    accuracy = json.loads((weights / "manifest.json").read_text())["accuracy"]
    assert accuracy == json.loads((out / "tables.json").read_text())
    assert accuracy["photos"] == 4 and 0 <= accuracy["box"]["all"]["AP"] <= 1
    rows = json.loads((out / "detections.json").read_text())
    assert {"image_id", "category_id", "bbox", "score", "segmentation"} == set(rows[0])


def test_evaluate_measures_the_held_out_street_photos(coco_root, weights, tmp_path):
    train = json.loads((coco_root / "annotations/train.json").read_text())
    (coco_root / "annotations/more.json").write_text(json.dumps(train))
    samples = read_coco(coco_root, "more")
    wanted = [s for s in samples if sources.held_out(s, 0.5)]
    assert 0 < len(wanted) < 6 and all(s.source == "user" for s in wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "HOLDOUT_SHARE", 0.5)
        arguments = [str(coco_root), "--weights", str(weights), "--split", "held-out"]
        evaluate.main([*arguments, "--bootstrap", "0", "--out", str(tmp_path / "out")])
    result = json.loads((tmp_path / "out/tables.json").read_text())
    assert (result["photos"], result["split"]) == (len(wanted), "held-out")


def test_evaluate_reads_deepfashion2_and_checkpoints(deepfashion2_root, checkpoint, tmp_path):
    out = tmp_path / "evaluation"
    arguments = [str(deepfashion2_root), "--format", "deepfashion2", "--split", "train"]
    arguments += ["--checkpoint", str(checkpoint), "--side", "128", "--device", "cpu"]
    evaluate.main([*arguments, "--bootstrap", "0", "--out", str(out)])
    result = json.loads((out / "tables.json").read_text())
    assert (result["photos"], result["garments"], result["area"]) == (2, 2, "box")


def test_results_of_photos_without_annotations_are_official(
    deepfashion2_root, checkpoint, tmp_path, capsys
):
    arguments = [str(deepfashion2_root), "--format", "deepfashion2", "--split", "test"]
    arguments += ["--checkpoint", str(checkpoint), "--side", "128", "--device", "cpu"]
    evaluate.main([*arguments, "--out", str(tmp_path)])
    assert "no annotations" in capsys.readouterr().out
    boxes, masks = (json.loads((tmp_path / f"{k}.json").read_text()) for k in ("bbox", "segm"))
    assert len(boxes) == len(masks) > 0
    assert set(boxes[0]) == {"image_id", "category_id", "bbox", "score"}
    assert set(masks[0]) == {"image_id", "category_id", "segmentation", "score"}
    assert boxes[0]["image_id"] == 1 and 1 <= boxes[0]["category_id"] <= 13
    assert masks[0]["segmentation"]["size"] == [128, 96]
    assert not (tmp_path / "tables.json").exists()


def test_retrieve_reports_every_item(coco_root, weights, tmp_path, capsys):
    queries = tmp_path / "queries"
    queries.mkdir()
    shutil.copy(coco_root / "images" / "00002.png", queries / "a.png")
    table = [{"file": "a.png", "item": 2, "bbox": [0, 0, 96, 128]}]
    (queries / "queries.json").write_text(json.dumps(table * 2))
    arguments = ["--data", str(coco_root), "--weights", str(weights)]
    retrieve.main([*arguments, "--queries", str(queries), "--update-manifest"])
    assert "| shipped |" in capsys.readouterr().out
    result = json.loads((weights / "manifest.json").read_text())["retrieval"]
    # The catalogue: two shop photos of val and the six of train.
    assert result["items"] == 8
    assert result["photoQueries"]["queries"] == 2
    assert set(result["ownPhotoAgain"]) == {"recall@1", "recall@10", "recall@20"}


def test_choose_compares_sizes(coco_root, checkpoint, capsys):
    arguments = ["--data", str(coco_root), "--dev-share", "1", "--device", "cpu"]
    choose.main([str(checkpoint), *arguments, "--sides", "64", "96"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["side"] for row in rows] == [64, 96]
