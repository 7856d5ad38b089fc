"""The optimizer and its parameter groups."""

import torch

from armoire.modeling.detector import Parser
from armoire.training.config import Schedule


def make_optimizer(model: Parser, schedule: Schedule) -> torch.optim.Optimizer:
    """Heads, gates and backbone have their own learning rates; vectors have no weight decay.

    Each group's `initial_lr` is its full rate, which `lr_schedule` scales.
    """
    rates = [schedule.lr, schedule.gate_lr, schedule.backbone_lr]
    weights_by_group: dict[tuple[int, bool], list] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            part = 2 if name.startswith("backbone.") else 0
            part = 1 if schedule.gate_lr and ".gate." in name else part
            weights_by_group.setdefault((part, weight.ndim > 1), []).append(weight)
    groups = [
        {
            "params": weights,
            "lr": rates[part],
            "initial_lr": rates[part],
            "weight_decay": schedule.weight_decay if decays else 0.0,
        }
        for (part, decays), weights in sorted(weights_by_group.items())
    ]
    if schedule.optimizer == "sgd":
        return torch.optim.SGD(groups, momentum=schedule.momentum)
    return torch.optim.AdamW(groups)
