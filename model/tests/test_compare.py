"""The comparison of trained networks, run whole on tiny ones."""

import json

import numpy as np
import pytest
from conftest import TINY_NETWORK

from armoire import checkpoint, compare
from armoire.compare import Entry
from armoire.config import MODEL, read_config

TINY = f"""
{TINY_NETWORK}
[schedule]
batch = 2
steps = 9
warmup = 2

[watch]
dev_share = 0.3
evaluate_minutes = 60

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
    rows = capsys.readouterr().out.splitlines()[2:4]
    assert rows[0].startswith("| with |") and rows[1].startswith("| without |")
    table = json.loads((out / "table.json").read_text())
    assert [len(entry["box"]) for entry in table] == [3, 3] and all(e["ms"] > 0 for e in table)
    assert (out / "plot.png").stat().st_size > 1000
    states = {path.parent.name: checkpoint.load(path) for path in out.glob("*/last.pt")}
    assert len(states) == 6 and all(state["step"] == 2 for state in states.values())
    gates = {name: sum("gate" in k for k in s["average"]) for name, s in states.items()}
    assert gates["with-1"] > 0 and gates["without-1"] == 0
    stem = "backbone.stem.weight"
    one, two = (states[f"with-{seed}"]["average"][stem] for seed in (1, 2))
    assert (one != two).any()


def test_differences_are_told_with_intervals_of_the_same_draws():
    def entry(name, box):
        drawn = np.linspace(box - 0.02, box + 0.02, 101)
        return Entry(name, 352, MODEL, 8_600_000, [box] * 3, [box] * 3, drawn, {})

    rows = compare.table([entry("with", 0.6), entry("without", 0.57)], [60.0, 54.0]).splitlines()
    assert "| .600 [.581, .619] | .600, .600, .600 |" in rows[2]
    assert "| -0.030 [-.030, -.030] |" in rows[3] and rows[3].endswith("| 54.0 | 0.90 |")


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("se-ablation-without", ("network", "se")),
        ("sweep-narrow-fpn", ("network", "fpn")),
        ("sweep-lean-head", ("network", "box_hidden")),
        ("sweep-low-resolution", ("augment", "side")),
    ],
)
def test_the_sweep_changes_one_thing_at_a_time(name, changed):
    base = read_config(MODEL / "configs/se-ablation.toml")
    other = read_config(MODEL / f"configs/{name}.toml")
    part, key = changed
    assert getattr(getattr(other, part), key) != getattr(getattr(base, part), key)
    assert other.schedule == base.schedule and other.sources == base.sources
    assert (other.augment == base.augment) == (part != "augment")
