import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from armoire.data.sources import training_data
from armoire.deploy.export import load_parser
from armoire.modeling.detector import NetworkConfig, Parser
from armoire.training import checkpoint
from armoire.training import curves as plot
from armoire.training import trainer as train
from armoire.training.checkpoint import save
from armoire.training.config import Schedule, read_config
from tests.drawings import TINY_NETWORK

MODEL = Path(train.__file__).resolve().parents[2]

CONFIG = """
workers = 0
threads = 1
cache_side = 128
{network}
[schedule]
batch = 2
steps = {steps}
warmup = 2

[watch]
dev_share = 0.3
checkpoint_minutes = 0.0
evaluate_minutes = 60

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


def test_rates_warm_up_and_fall():
    cosine = Schedule(warmup=10)
    assert train.rate_factor(cosine, 4, 0.0) == pytest.approx(0.5)
    assert train.rate_factor(cosine, 100, 0.5) == pytest.approx(0.5)
    assert train.rate_factor(cosine, 100, 1.0) == pytest.approx(0.01)
    stages = Schedule(warmup=1, shape="stages", stages=[[0.4, 0.25]])
    assert [train.rate_factor(stages, 9, p) for p in (0.0, 0.39, 0.41)] == [1, 1, 0.25]


def test_a_run_trains_watches_and_exports(config, tmp_path, coco_root):
    folder = tmp_path / "run"
    train.main([str(config(21)), "--out", str(folder), "--device", "cpu"])
    rows = log_rows(folder)
    assert any("total" in row for row in rows)
    assert rows[-1]["step"] == 21 and "ap50" in rows[-1]["dev"]
    parser, state = load_parser(folder / "last.pt")
    assert state["step"] == 21 and not parser.training
    plot.main([str(folder), "--out", str(tmp_path / "curve.png")])
    assert (tmp_path / "curve.png").stat().st_size > 1000


def test_a_run_counted_in_steps_is_watched_by_steps(config, tmp_path):
    path = config(6)
    path.write_text(path.read_text().replace("[watch]", "[watch]\nevaluate_steps = 4"))
    train.main([str(path), "--out", str(tmp_path / "run"), "--device", "cpu"])
    assert [row["step"] for row in log_rows(tmp_path / "run") if "dev" in row] == [4, 6]


def test_runs_are_drawn_together_a_colour_for_all_seeds_of_one(tmp_path, monkeypatch):
    for name, ap in (("with-1", 0.1), ("with-2", 0.2), ("without-1", 0.3)):
        rows = [{"step": 20, "total": 2.0}, {"step": 40, "total": 1.0}]
        rows.append({"step": 40, "dev": {"ap": ap}})
        (tmp_path / name).mkdir()
        (tmp_path / name / "log.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    drawn = []
    monkeypatch.setattr(plot.pyplot, "close", drawn.append)
    folders = [str(path) for path in sorted(tmp_path.iterdir())]
    plot.main([*folders, "--out", str(tmp_path / "curves" / "both.png")])
    assert (tmp_path / "curves" / "both.png").stat().st_size > 1000
    losses, watched = drawn[0].axes
    assert [line.get_color() for line in losses.lines] == ["C0", "C0", "C1"]
    assert [line.get_ydata()[-1] for line in watched.lines] == [0.1, 0.2, 0.3]
    assert [text.get_text() for text in watched.get_legend().get_texts()] == ["with", "without"]
    assert plot.smoothed([0.0, 3.0, 6.0], 3).tolist() == [1.5, 3.0, 4.5]


def test_gates_learn_at_their_own_rate():
    model = Parser(NetworkConfig(depth=18, width=0.25, fpn=16, freeze=2))
    schedule = Schedule(rate=3e-4, backbone_rate=1e-4, gate_rate=2e-3)
    rates = {
        id(weight): table["full_rate"]
        for table in train.make_optimizer(model, schedule).param_groups
        for weight in table["params"]
    }
    wanted = {"heads.": 3e-4, "backbone.": 1e-4}
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            assert id(weight) not in rates
            continue
        rate = 2e-3 if ".gate." in name else wanted.get(f"{name.split('.')[0]}.", 3e-4)
        assert rates[id(weight)] == rate, name
    plain = train.make_optimizer(model, Schedule(backbone_rate=1e-4)).param_groups
    assert len(plain) == 4 and sum(len(t["params"]) for t in plain) == len(rates)


def test_a_run_goes_on_after_being_killed(config, tmp_path):
    folder = tmp_path / "run"
    path = config(100_000)
    command = [sys.executable, "-m", "armoire.training.trainer", str(path), "--out", str(folder)]
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


def test_an_interrupted_write_leaves_the_checkpoint_whole(tmp_path):
    path = tmp_path / "last.pt"
    save(path, {"step": 1})

    class Unpicklable:
        def __reduce__(self):
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        save(path, {"step": Unpicklable()})
    assert torch.load(path) == {"step": 1}


def test_a_run_goes_on_on_another_machine_from_its_parts(config, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    train.main([str(config(6)), "--out", str(here), "--device", "cpu"])
    checkpoint.main(["split", str(here / "last.pt"), str(tmp_path / "parts")])
    checkpoint.main(["join", str(tmp_path / "parts"), str(there / "last.pt")])
    train.main([str(config(9)), "--out", str(there), "--resume", "--device", "cpu"])
    before, after = (checkpoint.load(folder / "last.pt") for folder in (here, there))
    assert after["step"] == 9 and after["fresh"] == 6 and after["elapsed"] > before["elapsed"]
    apart = [(after["average"][k] - v).abs().max() for k, v in before["average"].items()]
    assert 0 < max(apart) < 0.1


def test_parts_are_small_few_and_checked(tmp_path):
    state = {
        "average": {
            "w": torch.full((64, 64), 0.1),
            "b": torch.full((3,), 0.1),
            "n": torch.ones(()),
        },
        "model": {"w": torch.zeros(64, 64)},
    } | dict.fromkeys(("network", "name", "step", "elapsed", "photos"), 1)
    state["average"]["big"] = torch.full((2, 2), 1e6)
    paths = checkpoint.split(state, tmp_path, part_bytes=6000)
    assert 1 < len(paths) <= 4 and all(path.stat().st_size <= 6000 for path in paths)
    joined = checkpoint.join(tmp_path)["average"]
    assert joined["w"].dtype == torch.float32 and 0 < (joined["w"] - 0.1).abs().max() < 1e-4
    assert (joined["b"] == 0.1).all() and (joined["big"] == 1e6).all()
    with pytest.raises(ValueError, match="do not fit"):
        checkpoint.split(state, tmp_path, part_bytes=1000)
    paths[1].unlink()
    with pytest.raises(ValueError, match="one whole checkpoint"):
        checkpoint.join(tmp_path)


def test_a_piece_of_a_run_ends_early_and_is_saved(config, tmp_path):
    folder = tmp_path / "run"
    arguments = [str(config(100_000)), "--out", str(folder), "--device", "cpu"]
    train.main([*arguments, "--pause-after", "0.01"])
    assert 0 < checkpoint.load(folder / "last.pt")["step"] < 100_000


def test_sources_are_mixed_by_share(config, coco_root):
    found = read_config(config(1))
    found.sources.append(type(found.sources[0])(str(coco_root), share=0.2))
    samples, weights, dev = training_data(found)
    first = len(samples) - 12
    assert len(dev) + first == 12
    assert weights[first:].sum() / weights.sum() == pytest.approx(0.2)


@pytest.mark.parametrize("path", sorted((MODEL / "configs").glob("*.toml")), ids=lambda p: p.stem)
def test_every_configuration_is_readable(path):
    assert read_config(path).sources


def test_unknown_settings_are_refused(tmp_path):
    (tmp_path / "bad.toml").write_text('[schedule]\nspeed = 3\n[[sources]]\nroot = "x"\n')
    with pytest.raises(TypeError, match="speed"):
        read_config(tmp_path / "bad.toml")
