"""`run.sh polyvore` from a folder to its figures."""

import json
import shutil

import onnx
import pytest
from onnx import TensorProto, helper

from armoire.manifest import edit_manifest
from tests.tiny_polyvore import WRITERS, World, write_polyvore_outfits
from tools import polyvore


def run(folder, weights, out, *more: str, format: str = "polyvore") -> dict:
    arguments = [str(folder), "--format", format, "--weights", str(weights), "--split", "disjoint"]
    polyvore.main([*arguments, "--gallery", "7", "--bootstrap", "50", "--out", str(out), *more])
    return json.loads(out.read_text())


@pytest.mark.parametrize("format", WRITERS)
def test_the_controls_of_a_folder(format, exported, tmp_path, capsys):
    folder = WRITERS[format](tmp_path / "set")
    result = run(folder, exported[0], tmp_path / "out.json", format=format)
    assert result["measuredOn"] == {"questions": 3, "lines": 6, "galleries": 1, "retrieval": 2}
    figures = result["figures"]
    assert list(figures) == ["FITB", "AUC", "R@10", "R@30", "R@50"]
    assert list(figures["FITB"]) == ["random", "popularity", "similarity"]
    # As in tests/evaluation/test_outfit_protocol.py: (1/4 + 0 + 1/4) / 3, and 5 of 8 pairs.
    assert figures["FITB"]["popularity"]["value"] == pytest.approx(1 / 6, abs=1e-4)
    assert figures["AUC"]["popularity"]["value"] == 0.625
    # All seven bottoms tie, and ten places hold them all.
    assert figures["R@10"]["popularity"]["value"] == 1
    assert result["leaks"]["figures"]["category pairs, FITB"]["value"] == 0.25
    test = result["published"]["parts"]["test"]
    # Sets 200 and 202 to 204, three items but one of two.
    assert (test["outfits"], test["items"], test["longest"]) == (5, 14, 3)
    assert (test["compatible"], test["lines"]) == (4, 6)
    assert (test["answerNotFirst"], test["answerNotFirstAt"][0][-3:]) == (3, "[0]")
    printed = capsys.readouterr().out
    assert (
        "test shares 2 items (14.29%), 1 outfits (20.00%) and 0 more pictures with train" in printed
    )
    assert "| similarity |" in printed


def test_skipped_entries_are_counted_in_the_report(exported, tmp_path):
    world = World()
    world.lines.append((1, ["200_1", "999_1"]))
    folder = write_polyvore_outfits(tmp_path / "set", world)
    result = run(folder, exported[0], tmp_path / "out.json", "--no-images")
    assert result["published"]["skipped"] == {"compatibility_test.txt": 1}


def test_without_pictures_there_are_two_controls(exported, tmp_path, capsys):
    folder = write_polyvore_outfits(tmp_path / "set")
    shutil.rmtree(folder / "images")
    result = run(folder, exported[0], tmp_path / "out.json")
    assert list(result["figures"]["FITB"]) == ["random", "popularity"]
    assert "No pictures were read" in capsys.readouterr().out


def test_the_strict_split_is_measured_on_drawn_questions(exported, tmp_path):
    folder = write_polyvore_outfits(tmp_path / "set")
    result = run(folder, exported[0], tmp_path / "out.json", "--strict", "--no-images")
    assert all(row["items"] == row["outfits"] == 0 for row in result["overlaps"])
    # Sets 200 to 203 stay; bottoms are worn four times there, so all four get a question.
    assert result["strict"]["parts"]["test"]["outfits"] == 4
    assert result["measuredOn"]["questions"] == 4
    # Nothing of test is in train any more: four alike.
    assert result["figures"]["FITB"]["popularity"]["value"] == 0.25


def test_a_part_without_outfits_of_its_own_is_said_so(exported, tmp_path):
    """The one outfit of valid wears an item of train, and train lacks more."""
    world = World()
    world.outfits["valid"]["300"] = {"1": 1, "2": 32}
    folder = write_polyvore_outfits(tmp_path / "set", world)
    arguments = ["--strict", "--no-images", "--part", "valid"]
    with pytest.raises(SystemExit, match="nothing is left of valid"):
        run(folder, exported[0], tmp_path / "out.json", *arguments)


def test_the_model_stands_beside_the_controls(exported, tmp_path):
    """A graph that passes the embedding on scores like similarity, whatever the scale."""
    weights = tmp_path / "weights"
    shutil.copytree(exported[0], weights)
    number, real = TensorProto.INT64, TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node("Identity", ["embedding"], ["query"])],
        "same",
        [
            helper.make_tensor_value_info("embedding", real, ["N", 256]),
            helper.make_tensor_value_info("source", number, ["N"]),
            helper.make_tensor_value_info("target", number, ["N"]),
        ],
        [helper.make_tensor_value_info("query", real, ["N", 256])],
    )
    opset = [helper.make_opsetid("", 17)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=8)
    onnx.save(model, weights / "compatibility.onnx")
    with edit_manifest(weights) as manifest:
        calibration = {"scale": [[3.0] * 14] * 14, "bias": [[-1.0] * 14] * 14}
        entry = {"file": "compatibility.onnx", "calibration": calibration}
        manifest["compatibility"] = entry
    folder = write_polyvore_outfits(tmp_path / "set")
    result = run(folder, weights, tmp_path / "out.json")
    figures = result["figures"]
    assert list(figures["FITB"]) == ["random", "popularity", "similarity", "model"]
    for rows in figures.values():
        assert rows["model"]["value"] == pytest.approx(rows["similarity"]["value"])
    assert list(result["gains"]["AUC"]) == ["random", "popularity", "similarity"]


def test_a_broken_folder_ends_with_one_line(exported, tmp_path):
    folder = write_polyvore_outfits(tmp_path / "set")
    (folder / "polyvore_item_metadata.json").write_text("{")
    with pytest.raises(SystemExit, match=r"polyvore_item_metadata\.json: line 1, column 2"):
        run(folder, exported[0], tmp_path / "out.json")
