import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from armoire.paths import MODEL
from armoire.training import checkpoint, trainer
from armoire.training.checkpoint import load_parser
from tests.drawings import TINY_NETWORK
from tools import checkpoint as pack
from tools import plot, train

CONFIG = """
num_workers = 0
num_threads = 1
cache_side = 128
{network}
[schedule]
batch_size = 2
steps = {steps}
warmup_steps = 2
checkpoint_minutes = 0.0

[evaluation]
dev_share = 0.3
every_minutes = 60

[[sources]]
root = "{root}"
"""


@pytest.fixture
def config(tmp_path, coco_root):
    def make(steps: int) -> Path:
        path = tmp_path / "tiny.toml"
        path.write_text(CONFIG.format(network=TINY_NETWORK, steps=steps, root=coco_root))
        return path

    return make


def log_rows(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_a_run_trains_evaluates_and_is_drawn(config, tmp_path, coco_root):
    folder = tmp_path / "run"
    train.main([str(config(21)), "--out", str(folder), "--device", "cpu"])
    rows = log_rows(folder)
    assert any("total" in row for row in rows)
    assert rows[-1]["step"] == 21 and "ap50" in rows[-1]["dev"]
    parser, state = load_parser(folder / "last.pt")
    assert state["step"] == 21 and not parser.training
    plot.main([str(folder), "--out", str(tmp_path / "curve.png")])
    assert (tmp_path / "curve.png").stat().st_size > 1000


def test_a_run_counted_in_steps_is_evaluated_by_steps(config, tmp_path):
    path = config(6)
    path.write_text(path.read_text().replace("[evaluation]", "[evaluation]\nevery_steps = 4"))
    train.main([str(path), "--out", str(tmp_path / "run"), "--device", "cpu"])
    assert [row["step"] for row in log_rows(tmp_path / "run") if "dev" in row] == [4, 6]


def test_a_run_goes_on_after_being_killed(config, tmp_path):
    folder = tmp_path / "run"
    path = config(100_000)
    command = [sys.executable, "-m", "tools.train", str(path), "--out", str(folder)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(MODEL)}
    with subprocess.Popen(
        [*command, "--device", "cpu"],
        env=environment,
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + 60
        while not (folder / "last.pt").exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
    _, state = load_parser(folder / "last.pt")
    assert state["step"] > 0
    goal = state["step"] + 5
    train.main([str(config(goal)), "--out", str(folder), "--resume", "--device", "cpu"])
    _, after = load_parser(folder / "last.pt")
    assert after["step"] == goal and after["elapsed"] > state["elapsed"]


def test_a_resumed_run_ends_as_an_unbroken_one_would(config, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    path = config(8)
    train.main([str(path), "--out", str(whole), "--device", "cpu"])
    step = trainer.train_step

    def stop_at_three(run, *rest):
        run.stopping = run.step == 2
        return step(run, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer, "train_step", stop_at_three)
        train.main([str(path), "--out", str(broken), "--device", "cpu"])
    assert checkpoint.load(broken / "last.pt")["step"] == 3
    train.main([str(path), "--out", str(broken), "--resume", "--device", "cpu"])
    one, two = (checkpoint.load(folder / "last.pt") for folder in (whole, broken))
    assert one["step"] == two["step"] == 8
    for kind in ("model", "ema"):
        for name, value in one[kind].items():
            assert torch.equal(value, two[kind][name]), name


def test_a_run_goes_on_on_another_machine_from_its_parts(config, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    train.main([str(config(6)), "--out", str(here), "--device", "cpu"])
    pack.main(["split", str(here / "last.pt"), str(tmp_path / "parts")])
    pack.main(["join", str(tmp_path / "parts"), str(there / "last.pt")])
    train.main([str(config(9)), "--out", str(there), "--resume", "--device", "cpu"])
    before, after = (checkpoint.load(folder / "last.pt") for folder in (here, there))
    assert after["step"] == 9 and after["warmup_from"] == 6 and after["elapsed"] > before["elapsed"]
    apart = [(after["ema"][k] - v).abs().max() for k, v in before["ema"].items()]
    assert 0 < max(apart) < 0.1


def test_a_piece_of_a_run_ends_early_and_is_saved(config, tmp_path):
    folder = tmp_path / "run"
    arguments = [str(config(100_000)), "--out", str(folder), "--device", "cpu"]
    train.main([*arguments, "--pause-after", "0.01"])
    assert 0 < checkpoint.load(folder / "last.pt")["step"] < 100_000


def test_a_run_of_an_earlier_version_is_resumed(config, tmp_path):
    folder = tmp_path / "run"
    train.main([str(config(4)), "--out", str(folder), "--device", "cpu"])
    state = checkpoint.load(folder / "last.pt")
    for new, old in {new: old for old, new in checkpoint.RENAMED.items()}.items():
        state[old] = state.pop(new)
    for group in state["optimizer"]["param_groups"]:
        group["full_rate"] = group.pop("initial_lr")
    state["network"]["fpn"] = state["network"].pop("fpn_channels")
    checkpoint.save(folder / "last.pt", state)
    train.main([str(config(6)), "--out", str(folder), "--resume", "--device", "cpu"])
    after = checkpoint.load(folder / "last.pt")
    assert after["step"] == 6 and "ema" in after and "average" not in after
    assert all("initial_lr" in group for group in after["optimizer"]["param_groups"])
