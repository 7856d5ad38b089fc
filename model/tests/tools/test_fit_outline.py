import shutil

import torch

from tools import fit_outline


def test_fit_outline_writes_a_checkpoint_that_it_goes_on_from(
    coco_root, exported, tmp_path, caplog
):
    weights = shutil.copytree(exported[0], tmp_path / "weights")
    out = tmp_path / "runs" / "outline.pt"
    caplog.set_level("INFO")
    common = [str(out), "--data", str(coco_root), "--weights", str(weights), "--measure", "val"]
    fit_outline.main([*common, "--splits", "train", "--epochs", "0.5", "--dev-share", "0"])
    assert out.with_suffix(".onnx").stat().st_size > 1000
    assert any(line.startswith("| photos |") for line in caplog.messages)
    before = torch.load(out, weights_only=True)
    fit_outline.main([*common, "--epochs", "0", "--start", str(out)])
    after = torch.load(out, weights_only=True)
    assert all(torch.equal(before[name], after[name]) for name in before)
