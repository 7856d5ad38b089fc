"""Checkpoints that survive being killed at any moment, and weights that start another run."""

import copy
import logging
import os
from pathlib import Path

import torch
from torch import nn

log = logging.getLogger(__name__)


class Average:
    """An exponential moving average of a network's weights."""

    def __init__(self, model: nn.Module, decay: float):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay, self.steps = decay, 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        mine = [v for v in self.model.state_dict().values() if v.is_floating_point()]
        new = [v for v in model.state_dict().values() if v.is_floating_point()]
        torch._foreach_lerp_(mine, new, 1 - decay)


def save(path: Path, state: dict) -> None:
    """Writes beside `path`, flushes to disk, then renames: `path` is never half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)


def start_from(model: nn.Module, weights: dict) -> list[str]:
    """Copies what fits from another training and returns the names of what stays fresh.

    Layers sized by the number of categories do not fit where that number differs.
    """
    own = model.state_dict()
    usable = {
        name: value
        for name, value in weights.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(usable, strict=False)
    fresh = sorted(set(own) - set(usable))
    log.info("%d tensors copied, %d left fresh", len(usable), len(fresh))
    return fresh
