"""The learning rate over a run: linear warm-up, then a cosine or steps down."""

import math

from armoire.training.config import Schedule

# A cosine ends at this factor, not at zero.
MIN_FACTOR = 0.01


def lr_factor(schedule: Schedule, step: int, progress: float) -> float:
    """Factor on the full learning rates.

    `step` counts from where the optimizer started fresh, `progress` is the share of the run done.
    """
    warmup = min(1.0, (step + 1) / max(schedule.warmup_steps, 1))
    if schedule.lr_schedule == "cosine":
        return warmup * max(MIN_FACTOR, 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))
    factor = 1.0
    for begin, value in schedule.lr_milestones:
        if progress >= begin:
            factor = value
    return warmup * factor
