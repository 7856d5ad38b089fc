"""Checkpoints that survive being killed at any moment, and weights that start another run.

`python -m armoire.checkpoint split RUN/last.pt FOLDER` packs a run for another machine: the
averaged weights in half precision, in at most four files of 16 MiB. `join FOLDER RUN/last.pt`
unpacks it, and `train --resume` goes on from there.
"""

import argparse
import copy
import hashlib
import io
import logging
import os
from pathlib import Path

import torch
from torch import nn

log = logging.getLogger(__name__)
PART_BYTES = 16 * 2**20
PARTS = 4
DIGEST = hashlib.sha256().digest_size


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


def halved(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices and kernels in half precision; vectors, counts and what would overflow stay."""

    def half(value: torch.Tensor) -> torch.Tensor:
        if value.ndim < 2 or not value.is_floating_point():
            return value
        small = value.half()
        return small if torch.isfinite(small).all() else value

    return {name: half(value) for name, value in weights.items()}


def split(state: dict, folder: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Writes a run's averaged weights and progress as parts, each with the digest of the whole."""
    kept = ("network", "name", "step", "elapsed", "photos")
    packed = {k: state[k] for k in kept} | {"average": halved(state["average"])}
    buffer = io.BytesIO()
    torch.save(packed, buffer)
    content = buffer.getvalue()
    room = part_bytes - DIGEST
    pieces = [content[at : at + room] for at in range(0, len(content), room)]
    if len(pieces) > PARTS:
        size, most = len(content) / 2**20, PARTS * part_bytes / 2**20
        raise ValueError(f"{size:.1f} MiB do not fit into {PARTS} parts, {most:.1f} MiB")
    digest = hashlib.sha256(content).digest()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("part-*"):
        stale.unlink()
    paths = [folder / f"part-{number}" for number in range(len(pieces))]
    for path, piece in zip(paths, pieces, strict=True):
        path.write_bytes(digest + piece)
    return paths


def join(folder: Path) -> dict:
    """The state that `split` packed; ValueError if a part is missing, damaged or of another run."""
    parts = [path.read_bytes() for path in sorted(folder.glob("part-*"))]
    content = b"".join(part[DIGEST:] for part in parts)
    digest = hashlib.sha256(content).digest()
    if not parts or any(part[:DIGEST] != digest for part in parts):
        raise ValueError(f"{folder}: its parts do not make one whole checkpoint")
    state = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    average = state["average"].items()
    state["average"] = {k: v.float() if v.is_floating_point() else v for k, v in average}
    return state


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["split", "join"])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(arguments)
    if options.verb == "split":
        for path in split(load(options.source), options.target):
            print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")
    else:
        state = join(options.source)
        save(options.target, state)
        print(f"{options.target}: step {state['step']}, after {state['elapsed'] / 60:.1f} minutes")


if __name__ == "__main__":
    main()
