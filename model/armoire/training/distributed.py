"""Data-parallel training: one process per GPU or per CPU core, as torchrun starts them.

On a shared machine, processes of one thread each that meet once a step are faster than one process
whose threads meet at every operator.
"""

import os

import torch
import torch.distributed as dist
from torch import nn


def half_precision(device: str) -> bool:
    """Whether to use mixed precision: on GPUs, and on CPUs that multiply bfloat16."""
    return device == "cuda" or torch.backends.cpu.get_cpu_capability().startswith("AVX512")


class Distributed:
    """This process among those of one training; alone (world size 1) without torchrun."""

    def __init__(self, device: str):
        self.world_size = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        self.device = device
        if device == "cuda":
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        if self.world_size > 1:
            dist.init_process_group("nccl" if device == "cuda" else "gloo")

    @property
    def is_main(self) -> bool:
        """Whether this process logs, evaluates and saves."""
        return self.rank == 0

    def average_gradients(self, model: nn.Module, valid: bool) -> bool:
        """Averages gradients over the processes whose batch was `valid`; False if none was."""
        if self.world_size == 1:
            return valid
        weights = [w for w in model.parameters() if w.requires_grad]
        parts = [
            w.grad.flatten() if valid and w.grad is not None else torch.zeros_like(w).flatten()
            for w in weights
        ]
        flat = torch.cat([*parts, torch.full((1,), float(valid), device=weights[0].device)])
        dist.all_reduce(flat)
        contributors = float(flat[-1])
        if contributors == 0:
            return False
        flat /= contributors
        for weight, part in zip(weights, flat[:-1].split([len(p) for p in parts]), strict=True):
            weight.grad = part.view_as(weight)
        return True

    def broadcast(self, values: list[float]) -> list[float]:
        """The main process's values, in every process."""
        if self.world_size == 1:
            return values
        shared = torch.tensor(values, dtype=torch.float64, device=self.device)
        dist.broadcast(shared, 0)
        return shared.tolist()

    def close(self) -> None:
        """Leaves the process group."""
        if self.world_size > 1:
            dist.destroy_process_group()
