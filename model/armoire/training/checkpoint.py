"""Checkpoint files: saved whole or not at all, loaded, packed for another machine.

A run's `last.pt` holds `network` (the configuration's table), `model` and `ema` (weights),
`ema_steps`, `optimizer`, `step`, `warmup_from` (the step at which the optimizer started fresh),
`elapsed` (seconds), `rng_state`, `name` and `photos`.
"""

import dataclasses
import hashlib
import io
import logging
import os
from pathlib import Path

import torch
from torch import nn

from armoire.modeling.config import saved_network_config
from armoire.modeling.detector import Parser

log = logging.getLogger(__name__)
# A packed run is at most so many files of at most so many bytes.
MAX_PARTS = 4
PART_BYTES = 16 * 2**20
DIGEST = hashlib.sha256().digest_size
# Entries that had other names in earlier versions; their files still load.
RENAMED = {
    "average": "ema",
    "average_steps": "ema_steps",
    "fresh": "warmup_from",
    "random": "rng_state",
}


def save(path: Path, state: dict) -> None:
    """Writes a file beside `path`, flushes it to disk, then renames it to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def load(path: Path | io.BytesIO) -> dict:
    """A saved state on the CPU, with today's names for its entries."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    state = {RENAMED.get(name, name): value for name, value in state.items()}
    for group in state.get("optimizer", {}).get("param_groups", []):
        if "full_rate" in group:
            group["initial_lr"] = group.pop("full_rate")
    return state


def load_parser(path: Path) -> tuple[Parser, dict]:
    """The EMA weights of a checkpoint, ready to run, and the checkpoint's other entries."""
    state = load(path)
    parser = Parser(saved_network_config(state["network"]))
    parser.load_state_dict(state.pop("ema"))
    return parser.eval(), state


def save_start(path: Path, parser: Parser, name: str) -> None:
    """A network to start runs from, as a checkpoint of no steps."""
    table = {"network": dataclasses.asdict(parser.config), "ema": parser.state_dict()}
    save(path, table | {"name": name, "step": 0, "elapsed": 0.0, "photos": 0})


def load_matching(model: nn.Module, weights: dict) -> list[str]:
    """Copies the weights whose names and shapes match; returns the names of the others.

    Layers sized by the number of categories do not match where that number differs.
    """
    own = model.state_dict()
    usable = {
        name: value
        for name, value in weights.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(usable, strict=False)
    unmatched = sorted(set(own) - set(usable))
    log.info("%d tensors copied, %d left as they were", len(usable), len(unmatched))
    return unmatched


def to_half(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices and kernels as float16; vectors, counts and what would overflow stay as they are."""

    def half(value: torch.Tensor) -> torch.Tensor:
        if value.ndim < 2 or not value.is_floating_point():
            return value
        small = value.half()
        return small if torch.isfinite(small).all() else value

    return {name: half(value) for name, value in weights.items()}


def split(state: dict, folder: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Packs a run's EMA weights and progress into parts, each with the digest of the whole.

    The optimizer is left out: it starts fresh where the run is joined.
    """
    kept = ("network", "name", "step", "elapsed", "photos")
    packed = {k: state[k] for k in kept} | {"ema": to_half(state["ema"])}
    buffer = io.BytesIO()
    torch.save(packed, buffer)
    content = buffer.getvalue()
    room = part_bytes - DIGEST
    pieces = [content[at : at + room] for at in range(0, len(content), room)]
    if len(pieces) > MAX_PARTS:
        size, most = len(content) / 2**20, MAX_PARTS * part_bytes / 2**20
        raise ValueError(f"{size:.1f} MiB do not fit into {MAX_PARTS} parts, {most:.1f} MiB")
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
    state = load(io.BytesIO(content))
    ema = state["ema"].items()
    state["ema"] = {k: v.float() if v.is_floating_point() else v for k, v in ema}
    return state
