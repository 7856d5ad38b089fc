"""Training configurations: TOML files under `configs/`, one table per concern.

`[network]` is `modeling.config.NetworkConfig`, `[augment]` is `data.augment.AugmentConfig`,
`[[sources]]` are `data.sources.Source`; `[schedule]` (learning rates, length) and `[evaluation]`
are here. A file may name another as its `base` and change single settings of it.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from armoire.data.augment import AugmentConfig
from armoire.data.sources import DEV_SHARE, Source
from armoire.modeling.config import RENAMED as RENAMED_NETWORK
from armoire.modeling.config import NetworkConfig


@dataclass
class Schedule:
    """Length of the run, optimizer and learning rates."""

    # Photos a step, over all processes.
    batch_size: int = 8
    # The run ends after so many minutes of training, or else after so many steps.
    minutes: float = 0.0
    steps: int = 0
    warmup_steps: int = 200
    # "cosine", or "multistep" with `lr_milestones`.
    lr_schedule: str = "cosine"
    # (share of the run at which it begins, factor on the learning rates).
    lr_milestones: list[list[float]] = field(default_factory=list)
    # "adamw" or "sgd".
    optimizer: str = "adamw"
    lr: float = 4e-4
    backbone_lr: float = 1e-4
    # Of the squeeze-and-excitation gates, which no pretrained backbone has (0: backbone_lr).
    gate_lr: float = 0.0
    weight_decay: float = 0.02
    momentum: float = 0.9
    max_grad_norm: float = 5.0
    ema_decay: float = 0.998
    checkpoint_minutes: float = 4.0


@dataclass
class EvaluationConfig:
    """What is measured during training, and how often."""

    dev_share: float = DEV_SHARE
    every_minutes: float = 15.0
    # Instead of minutes: runs that share a machine are then measured at the same steps.
    every_steps: int = 0
    # A split of the first source to measure instead of the dev part.
    split: str = ""
    max_photos: int = 400


@dataclass
class TrainConfig:
    """A whole run."""

    name: str
    network: NetworkConfig
    augment: AugmentConfig
    schedule: Schedule
    evaluation: EvaluationConfig
    sources: list[Source]
    # "open_nsfw", "efficientnet-lite0" or "efficientnet-lite2"; empty for random weights.
    pretrained: str = ""
    seed: int = 1
    # LVIS's repeat-factor sampling.
    repeat_threshold: float = 0.05
    max_repeat: float = 4.0
    # How often an epoch draws a photo without any garment.
    empty_weight: float = 0.6
    # How much more often street photos are drawn than shop photos.
    street_weight: float = 1.0
    # Photos are kept decoded with at most this long side, in pixels; with workers, all of them are
    # decoded before the workers start.
    cache_side: int = 448
    cache_photos: bool = True
    num_workers: int = 0
    num_threads: int = 2


# Settings that had other names in earlier versions: table → old name → new name.
RENAMED: dict[str, dict[str, str]] = {
    "": {
        "watch": "[evaluation]",
        "repeat_most": "max_repeat",
        "street": "street_weight",
        "empty": "empty_weight",
        "cache": "cache_photos",
        "workers": "num_workers",
        "threads": "num_threads",
    },
    "network": RENAMED_NETWORK,
    "augment": {
        "side": "long_side",
        "zoom": "scale_range",
        "far": "far_scale_prob",
        "far_zoom": "far_scale_range",
        "rotation": "rotation_degrees",
        "rare_rotation": "rare_rotation_degrees",
        "rare_noise": "rare_noise_std",
        "colour": "colour_jitter",
        "blur": "blur_prob",
        "paste": "copy_paste_prob",
    },
    "schedule": {
        "batch": "batch_size",
        "warmup": "warmup_steps",
        "shape": 'lr_schedule ("cosine" or "multistep")',
        "stages": "lr_milestones",
        "rate": "lr",
        "backbone_rate": "backbone_lr",
        "gate_rate": "gate_lr",
        "clip": "max_grad_norm",
        "ema": "ema_decay",
    },
    "evaluation": {
        "evaluate_minutes": "every_minutes",
        "evaluate_steps": "every_steps",
        "evaluate_split": "split",
        "evaluate_limit": "max_photos",
        "checkpoint_minutes": "[schedule] checkpoint_minutes",
    },
    "sources": {"cap": "max_per_category", "hold_out": "holdout_share"},
}


def read_table(path: Path) -> dict:
    """A TOML file, its settings laid over those of the `base` beside it, if it names one."""
    table = tomllib.loads(path.read_text())
    _refuse_renamed(path, "", table)
    for name, values in table.items():
        for entry in values if isinstance(values, list) else [values]:
            if isinstance(entry, dict):
                _refuse_renamed(path, name, entry)
    if "base" not in table:
        return table
    merged = read_table(path.parent / table.pop("base"))
    for name, value in table.items():
        merged[name] = merged.get(name, {}) | value if isinstance(value, dict) else value
    return merged


def _refuse_renamed(path: Path, name: str, table: dict) -> None:
    """ValueError that tells the new names of old ones."""
    renamed = RENAMED.get(name, {})
    old = [f"`{key}` is now `{renamed[key]}`" for key in table if key in renamed]
    if old:
        where = f"[{name}] " if name else ""
        raise ValueError(f"{path}: {where}{', '.join(old)}")


def read_config(path: Path) -> TrainConfig:
    """Reads a TOML file. TypeError names unknown settings, ValueError the new names of old ones."""
    table = read_table(path)
    schedule = Schedule(**table.pop("schedule", {}))
    choices = {"lr_schedule": ("cosine", "multistep"), "optimizer": ("adamw", "sgd")}
    for name, allowed in choices.items():
        if getattr(schedule, name) not in allowed:
            raise ValueError(f"{path}: {name} must be one of {allowed}")
    return TrainConfig(
        name=path.stem,
        network=NetworkConfig(**table.pop("network", {})),
        augment=AugmentConfig(**table.pop("augment", {})),
        schedule=schedule,
        evaluation=EvaluationConfig(**table.pop("evaluation", {})),
        sources=[Source(**source) for source in table.pop("sources")],
        **table,
    )
