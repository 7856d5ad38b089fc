"""DeepFashion2's documented commands, on a tiny folder in its exact format."""

import json
import shutil
from pathlib import Path

from armoire.paths import CONFIGS
from armoire.training.config import read_config
from tools import evaluate, export, train

# The recipe itself, at a size that a test can wait for.
SMALLER = {
    "depth = 101": "depth = 18",
    "width = 1.0": "width = 0.25",
    "fpn_channels = 256": "fpn_channels = 16",
    "box_head_dim = 1024": "box_head_dim = 16",
    "mask_head_channels = 256": "mask_head_channels = 8",
    "mask_head_convs = 4": "mask_head_convs = 1",
    "rpn_post_nms_top_n_train = 1000": "rpn_post_nms_top_n_train = 20",
    "rpn_post_nms_top_n_test = 300": "rpn_post_nms_top_n_test = 10",
    "long_side = 1024": "long_side = 64",
    "batch_size = 8": "batch_size = 2",
    "warmup_steps = 1000": "warmup_steps = 1",
    "num_workers = 8": "num_workers = 0",
}


def smaller(name: str, steps: int, folder: Path) -> Path:
    text = (CONFIGS / f"{name}.toml").read_text()
    for full, small in SMALLER.items():
        assert full in text, full
        text = text.replace(full, small)
    path = folder / f"{name}.toml"
    before = read_config(CONFIGS / f"{name}.toml").schedule.steps
    path.write_text(text.replace(f"steps = {before}", f"steps = {steps}"))
    return path


def test_train_evaluate_and_export(deepfashion2_root, coco_root, tmp_path):
    shutil.copytree(deepfashion2_root / "train", deepfashion2_root / "validation")
    first, run, out = tmp_path / "first", tmp_path / "run", tmp_path / "out"
    cpu = ["--device", "cpu"]
    pretrain = smaller("pretrain-coco", 1, tmp_path)
    train.main([str(pretrain), "--data", str(coco_root), "--out", str(first), *cpu])

    recipe = smaller("deepfashion2", 3, tmp_path)
    start = ["--start", str(first / "last.pt")]
    train.main([str(recipe), "--data", str(deepfashion2_root), *start, "--out", str(run), *cpu])
    rows = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 3 and "ap" in rows[-1]["dev"]

    arguments = [str(deepfashion2_root), "--format", "deepfashion2", "--split", "validation"]
    arguments += ["--checkpoint", str(run / "last.pt"), "--side", "64", *cpu]
    evaluate.main([*arguments, "--out", str(out), "--bootstrap", "0"])
    table = json.loads((out / "tables.json").read_text())
    assert table["area"] == "box" and "boxAP" in table["byCategory"]["skirt"]
    assert (out / "bbox.json").exists() and (out / "segm.json").exists()

    weights = tmp_path / "weights"
    settings = ["--side", "64", "--version", "0.0.0-test", "--out", str(weights)]
    export.main([str(run / "last.pt"), *settings])
    assert json.loads((weights / "manifest.json").read_text())["parser"]["longSide"] == 64
    evaluate.main([*arguments[:5], "--weights", str(weights), "--out", str(out)])
