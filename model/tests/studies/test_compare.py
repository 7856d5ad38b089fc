"""The comparison of trained networks, run whole on tiny ones."""

import json

import numpy as np
import pytest

from armoire.paths import MODEL
from armoire.studies.compare import Accuracy, Entry, accuracy_table, time_table
from armoire.training import checkpoint, trainer
from armoire.training.config import read_config
from tests.drawings import TINY_NETWORK
from tools import compare

TINY = f"""
{TINY_NETWORK}
[schedule]
batch_size = 2
steps = 9
warmup_steps = 2

[evaluation]
dev_share = 0.3
every_minutes = 60

[[sources]]
root = "data/garments"
"""


def test_with_and_without_over_three_seeds(coco_root, exported, tmp_path, capsys):
    (tmp_path / "with.toml").write_text(TINY)
    (tmp_path / "without.toml").write_text('base = "with.toml"\n[network]\nse = false\n')
    configs = [str(tmp_path / f"{name}.toml") for name in ("with", "without")]
    out = tmp_path / "compare"
    arguments = [*configs, "--seeds", "1", "2", "3", "--steps", "2", "--device", "cpu"]
    arguments += ["--data", str(coco_root), "--train-data", str(coco_root), "--bootstrap", "5"]
    arguments += ["--weights", str(exported[0]), "--out", str(out)]
    compare.main(arguments)
    printed = capsys.readouterr().out
    names = [line.split(" | ")[0] for line in printed.splitlines() if line.startswith("| with")]
    assert names == ["| with", "| without"] * 3
    assert "box AP" in printed and "mask AP" in printed
    table = json.loads((out / "table.json").read_text())
    assert [len(entry["box"]) for entry in table] == [3, 3] and all(e["ms"] > 0 for e in table)
    assert (out / "plot.png").stat().st_size > 1000
    states = {path.parent.name: checkpoint.load(path) for path in out.glob("*/last.pt")}
    assert len(states) == 6 and all(state["step"] == 2 for state in states.values())
    gates = {name: sum("gate" in k for k in s["ema"]) for name, s in states.items()}
    assert gates["with-1"] > 0 and gates["without-1"] == 0
    stem = "backbone.stem.weight"
    one, two = (states[f"with-{seed}"]["ema"][stem] for seed in (1, 2))
    assert (one != two).any()


def test_a_run_that_was_stopped_is_not_measured(coco_root, tmp_path, monkeypatch):
    (tmp_path / "with.toml").write_text(TINY)
    arguments = [str(tmp_path / "with.toml"), "--steps", "9", "--device", "cpu"]
    arguments += ["--data", str(coco_root), "--train-data", str(coco_root)]
    whole = trainer.run_training

    def stopped(*given, **named):
        whole(*given, **named, pause_after=0)

    monkeypatch.setattr(trainer, "run_training", stopped)
    with pytest.raises(SystemExit, match="with-1: stopped before"):
        compare.main([*arguments, "--out", str(tmp_path / "out")])


def entry(name, box, seeds=(0.0, 0.0, 0.0)):
    drawn = np.linspace(box - 0.02, box + 0.02, 101)
    values = Accuracy([box + s for s in seeds], [box + 0.2] * 3, drawn)
    return Entry(name, 352, [MODEL] * 3, 8_600_000, values, values, {"street_ap": 0.4})


def test_differences_are_told_with_intervals_of_the_same_draws():
    first, second = entry("with", 0.6), entry("without", 0.57, (-0.01, 0.0, 0.01))
    rows = accuracy_table([first, second], "box").splitlines()
    assert "| .600 [.581, .619] | .600, .600, .600 | .000 | .800 |" in rows[2]
    # Over three seeds: 4.303 × 0.01 / √3 = 0.0248 on both sides of the mean.
    assert rows[3].endswith("| .010 | .770 | -.030 | [-.030, -.030] | [-.055, -.005] |")
    alone = Accuracy([0.5], [0.6], first.box.resampled)
    single = Entry("lean", 352, [MODEL], 1, alone, alone, {"street_ap": None})
    base = Entry("base", 352, [MODEL], 1, alone, alone, {"street_ap": None})
    assert accuracy_table([base, single], "mask").splitlines()[3].endswith("| n/a |")


def test_times_are_compared_photo_by_photo():
    calm, busy = np.array([10.0, 10.0, 10.0]), np.array([11.0, 11.0, 40.0])
    entries = [entry("with", 0.6), entry("without", 0.6)]
    rows = time_table(entries, [calm, busy]).splitlines()
    assert rows[3] == "| without | 8.60 | 11.0 | 1.100 | .400 |"


@pytest.mark.parametrize("family", ["", "cpu-"])
@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("ablation-without", ("network", "se")),
        ("sweep-narrow-fpn", ("network", "fpn_channels")),
        ("sweep-lean-head", ("network", "box_head_dim")),
        ("sweep-low-resolution", ("augment", "long_side")),
    ],
)
def test_the_sweep_changes_one_thing_at_a_time(family, name, changed):
    first, prefix = ("cpu-ablation", "cpu-") if family else ("se-ablation", "se-")
    prefix = prefix if "ablation" in name else family
    base = read_config(MODEL / f"configs/{first}.toml")
    other = read_config(MODEL / f"configs/{prefix}{name}.toml")
    part, key = changed
    assert getattr(getattr(other, part), key) != getattr(getattr(base, part), key)
    assert other.schedule == base.schedule and other.sources == base.sources
    assert (other.augment == base.augment) == (part != "augment")
    assert (other.network == base.network) == (part != "network")


def test_the_budget_of_runs_that_share_a_machine_is_counted_in_steps():
    schedule = read_config(MODEL / "configs/cpu-ablation.toml").schedule
    assert schedule.steps and not schedule.minutes
