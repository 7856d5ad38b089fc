"""Exponential moving average of weights."""

import copy

import torch
from torch import nn


class EMA:
    """An exponential moving average of a network's weights; `model` is ready to be evaluated."""

    def __init__(self, model: nn.Module, decay: float):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay, self.steps = decay, 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Takes in one step's weights; early steps decay faster, so that the start is forgotten."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        mine = [v for v in self.model.state_dict().values() if v.is_floating_point()]
        new = [v for v in model.state_dict().values() if v.is_floating_point()]
        torch._foreach_lerp_(mine, new, 1 - decay)
