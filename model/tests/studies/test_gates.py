"""What the gates cost and do, on tiny networks."""

import numpy as np
import pytest
import torch

from armoire.data.sources import Source, read_source
from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.studies.gates import cost_row, gate_values
from armoire.training.checkpoint import save
from tests.drawings import TINY_NETWORK
from tools import gates

NETWORK = NetworkConfig(
    depth=18, width=0.25, fpn_channels=16, box_head_dim=16, mask_head_channels=8, mask_head_convs=1
)
TINY = f"""{TINY_NETWORK}
[[sources]]
root = "data/garments"
"""


def test_cost_and_values_are_told(coco_root, tmp_path, capsys):
    config, checkpoint = tmp_path / "tiny.toml", tmp_path / "last.pt"
    config.write_text(TINY)
    parser = Parser(NETWORK)
    save(checkpoint, {"network": vars(NETWORK), "ema": parser.state_dict()})
    arguments = [str(config), "--sides", "64", "--rounds", "3", "--data", str(coco_root)]
    gates.main([*arguments, "--checkpoint", str(checkpoint)])
    printed = capsys.readouterr().out
    added = sum(p.numel() for n, p in parser.backbone.named_parameters() if ".gate." in n)
    assert f"the gates' parameters: {added:,} of" in printed
    # New gates are sigmoid(4), in every channel and on every photo.
    for stage in (2, 3, 4, 5):
        assert f"| C{stage} | 0.982 | 0.000 | 0.000 | 0.982 | 0.982 |" in printed


def test_rounds_are_compared_in_themselves():
    without = np.array([10.0, 20.0, 40.0, 10.0, 20.0])
    row = cost_row(224, np.stack([without * 1.1, without], 1))
    assert row[-1] == "1.100 [1.100, 1.100]" and row[1:3] == ["22.0", "20.0"]


def test_values_follow_the_photo(coco_root):
    torch.manual_seed(1)
    parser = Parser(NETWORK)
    torch.nn.init.normal_(parser.backbone.stages[3][1].gate.excite.weight, std=10.0)
    samples = read_source(Source(str(coco_root), "coco", "train"))
    values = gate_values(parser.eval(), samples, 64)
    assert sorted(values) == [f"{stage}.{block}" for stage in (2, 3, 4, 5) for block in (1, 2)]
    assert values["5.2"].shape == (12, parser.backbone.channels[3])
    assert values["5.2"].std(0).mean() > 0.001 and values["5.1"].std(0).max() == pytest.approx(0)
