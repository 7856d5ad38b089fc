import numpy as np
import onnx
from onnx import TensorProto

from armoire.deploy.runtime import ShippedParser
from armoire.studies.rounding import drawn_folder, table, unrounded
from armoire.training.checkpoint import save
from tools import rounding


def test_drawn_weights_round_to_the_stored_ones():
    random = np.random.default_rng(1)
    half = random.normal(0, 0.05, 5000).astype(np.float16)
    half[:4] = [0, 1, -2, 6e-8]
    drawn = unrounded(half, random)
    assert drawn.dtype == np.float32
    assert np.array_equal(drawn.astype(np.float16), half)
    assert (drawn != half).mean() > 0.99


def test_every_stored_weight_is_drawn_anew_and_the_graph_still_runs(exported, tmp_path):
    weights = exported[0]
    folder = drawn_folder(weights, tmp_path, seed=1)
    before, after = (onnx.load(f / "parser.onnx") for f in (weights, folder))
    stored = [t for t in before.graph.initializer if t.data_type == TensorProto.FLOAT16]
    kinds = {t.name: t.data_type for t in after.graph.initializer}
    assert stored and all(kinds[t.name] == TensorProto.FLOAT for t in stored)
    photo = np.random.default_rng(2).integers(0, 255, (128, 96, 3)).astype(np.uint8)
    mine, theirs = (ShippedParser(f)(photo) for f in (weights, folder))
    assert len(mine["boxes"]) and not np.array_equal(mine["scores"], theirs["scores"])


def test_the_loss_is_tabled(exported, coco_root, capsys):
    rounding.main(["--data", str(coco_root), "--weights", str(exported[0]), "--draws", "2"])
    printed = capsys.readouterr().out
    assert (
        "| shipped |" in printed and "| drawn 2 |" in printed and "| lost by rounding |" in printed
    )


def test_a_loss_is_what_full_precision_has_more():
    figures = {"ap": 0.6, "ap50": 0.8, "mask_ap": 0.5, "street_ap": None}
    found = {"stored": figures, "full": figures | {"ap": 0.61, "mask_ap": 0.49}}
    assert "| lost by rounding | +.0100 | +.0000 | -.0100 | n/a |" in table(found)


def test_a_run_is_compared_with_the_file_it_becomes(exported, coco_root, tmp_path, capsys):
    weights, parser, _ = exported
    run = tmp_path / "cpu" / "last.pt"
    run.parent.mkdir()
    save(run, {"network": vars(parser.config), "ema": parser.state_dict()})
    arguments = ["--data", str(coco_root), "--weights", str(weights), "--checkpoint", str(run)]
    rounding.main(arguments)
    printed = capsys.readouterr().out
    assert "| cpu, as stored |" in printed and "| in full precision |" in printed
