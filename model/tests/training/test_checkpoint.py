import dataclasses

import pytest
import torch

from armoire.modeling.config import RENAMED, NetworkConfig
from armoire.modeling.detector import Parser
from armoire.training import checkpoint
from armoire.training.checkpoint import load_matching, save

TINY = NetworkConfig(
    depth=18, width=0.25, fpn_channels=16, box_head_dim=16, mask_head_channels=8, mask_head_convs=1
)


def test_an_interrupted_write_leaves_the_checkpoint_whole(tmp_path):
    path = tmp_path / "last.pt"
    save(path, {"step": 1})

    class Unpicklable:
        def __reduce__(self):
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        save(path, {"step": Unpicklable()})
    assert torch.load(path) == {"step": 1}


def test_parts_are_small_few_and_checked(tmp_path):
    state = {
        "ema": {
            "w": torch.full((64, 64), 0.1),
            "b": torch.full((3,), 0.1),
            "n": torch.ones(()),
        },
        "model": {"w": torch.zeros(64, 64)},
    } | dict.fromkeys(("network", "name", "step", "elapsed", "photos"), 1)
    state["ema"]["big"] = torch.full((2, 2), 1e6)
    paths = checkpoint.split(state, tmp_path, part_bytes=6000)
    assert 1 < len(paths) <= 4 and all(path.stat().st_size <= 6000 for path in paths)
    joined = checkpoint.join(tmp_path)["ema"]
    assert joined["w"].dtype == torch.float32 and 0 < (joined["w"] - 0.1).abs().max() < 1e-4
    assert (joined["b"] == 0.1).all() and (joined["big"] == 1e6).all()
    with pytest.raises(ValueError, match="do not fit"):
        checkpoint.split(state, tmp_path, part_bytes=1000)
    paths[1].unlink()
    with pytest.raises(ValueError, match="one whole checkpoint"):
        checkpoint.join(tmp_path)


def test_another_trainings_weights_leave_category_layers_fresh():
    source = Parser(NetworkConfig(**(vars(TINY) | {"num_categories": 80})))
    target = Parser(TINY)
    fresh = load_matching(target, source.state_dict())
    assert fresh and all(name.startswith("heads.box_predictor.") for name in fresh)
    assert torch.equal(target.backbone.stem.weight, source.backbone.stem.weight)


def test_files_of_earlier_versions_load(tmp_path):
    parser = Parser(TINY)
    old = {
        "network": {
            "depth": 18,
            "width": 0.25,
            "fpn": 16,
            "box_hidden": 16,
            "mask_channels": 8,
            "mask_convs": 1,
            "proposals_test": 100,
        },
        "average": parser.state_dict(),
        "average_steps": 7,
        "fresh": 3,
        "optimizer": {"param_groups": [{"lr": 1e-4, "full_rate": 4e-4}], "state": {}},
        "step": 9,
    }
    save(tmp_path / "last.pt", old)
    loaded, state = checkpoint.load_parser(tmp_path / "last.pt")
    assert loaded.config == TINY
    assert torch.equal(loaded.backbone.stem.weight, parser.backbone.stem.weight)
    assert (state["ema_steps"], state["warmup_from"], state["step"]) == (7, 3, 9)
    assert state["optimizer"]["param_groups"] == [{"lr": 1e-4, "initial_lr": 4e-4}]


def test_a_parser_over_efficientnet_lite_of_an_earlier_version_loads(tmp_path):
    config = dataclasses.replace(TINY, backbone="efficientnet-lite0", frozen_stages=2)
    parser = Parser(config)
    new_to_old = {new: old for old, new in RENAMED.items()}
    table = {new_to_old.get(k, k): v for k, v in dataclasses.asdict(config).items()}
    assert "freeze" in table and "frozen_stages" not in table
    save(tmp_path / "last.pt", {"network": table, "average": parser.state_dict(), "step": 9})
    loaded, _ = checkpoint.load_parser(tmp_path / "last.pt")
    assert loaded.config == config
    for name, value in loaded.state_dict().items():
        assert torch.equal(value, parser.state_dict()[name]), name


def test_names_in_the_state_dict_stay():
    """Checkpoints of earlier versions hold these; renaming a module needs a mapping at load."""
    names = {name.split(".")[0] for name in Parser(TINY).state_dict()}
    assert names == {"backbone", "fpn", "rpn", "heads"}
    block = "backbone.stages.0.0."
    wanted = {"convs.0.weight", "convs.0.gain", "convs.0.bias", "gate.squeeze.weight"}
    assert {block + name for name in wanted} <= set(Parser(TINY).state_dict())
    lite = Parser(dataclasses.replace(TINY, backbone="efficientnet-lite0")).state_dict()
    block = "backbone.stages.1.0."
    wanted = {f"{block}{part}.weight" for part in ("expand", "depthwise", "project")}
    assert wanted | {"backbone.stem.0.gain", "backbone.gate.1.squeeze.weight"} <= set(lite)
