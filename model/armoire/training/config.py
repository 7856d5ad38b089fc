"""Training configurations: TOML files under `configs/`, one table per concern."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from armoire.data.augment import AugmentConfig
from armoire.modeling.detector import NetworkConfig

MODEL = Path(__file__).resolve().parents[2]
# The set that the shipped weights were trained on: linked here, or beside the repository.
GARMENTS = "data/garments"
BESIDE = MODEL.parent.parent / "shared" / "dataset"


def data_root(name: str) -> Path:
    """A data set's folder: absolute, or from `model/`, where runs and data lie."""
    path = MODEL / Path(name).expanduser()
    return BESIDE if name == GARMENTS and not path.exists() else path


@dataclass
class Source:
    """One data set: `format` is coco or deepfashion2; `share` of the drawn photos (0: by size)."""

    root: str
    format: str = "coco"
    split: str = "train"
    share: float = 0.0
    cap: int = 0


@dataclass
class Schedule:
    """When to stop (`minutes` of training or `steps`) and how the learning rate runs."""

    batch: int = 8
    minutes: float = 0.0
    steps: int = 0
    warmup: int = 200
    shape: str = "cosine"
    optimizer: str = "adamw"
    rate: float = 4e-4
    backbone_rate: float = 1e-4
    # The gates', which no pretrained backbone has (0: the backbone's).
    gate_rate: float = 0.0
    weight_decay: float = 0.02
    momentum: float = 0.9
    clip: float = 5.0
    ema: float = 0.998
    # Stages after the first: (share of the run at which it begins, factor on the rates).
    stages: list[list[float]] = field(default_factory=list)


@dataclass
class Watch:
    """What is measured and kept on the way."""

    dev_share: float = 0.08
    evaluate_minutes: float = 15.0
    # Instead of minutes: runs that share a machine are then watched at the same points.
    evaluate_steps: int = 0
    checkpoint_minutes: float = 4.0
    evaluate_split: str = ""
    evaluate_limit: int = 400


@dataclass
class TrainConfig:
    """A whole run."""

    name: str
    network: NetworkConfig
    augment: AugmentConfig
    schedule: Schedule
    watch: Watch
    sources: list[Source]
    pretrained: str = ""
    seed: int = 1
    repeat_threshold: float = 0.05
    repeat_most: float = 4.0
    # How much more often street photos are drawn than shop photos.
    street: float = 1.0
    cache_side: int = 448
    cache: bool = True
    workers: int = 0
    threads: int = 2


def read_table(path: Path) -> dict:
    """A TOML file; its settings are laid over those of the `base` beside it, if it names one."""
    table = tomllib.loads(path.read_text())
    if "base" not in table:
        return table
    merged = read_table(path.parent / table.pop("base"))
    for name, value in table.items():
        merged[name] = merged.get(name, {}) | value if isinstance(value, dict) else value
    return merged


def read_config(path: Path) -> TrainConfig:
    """Parses a TOML file; unknown keys raise TypeError naming them."""
    table = read_table(path)
    return TrainConfig(
        name=path.stem,
        network=NetworkConfig(**table.pop("network", {})),
        augment=AugmentConfig(**table.pop("augment", {})),
        schedule=Schedule(**table.pop("schedule", {})),
        watch=Watch(**table.pop("watch", {})),
        sources=[Source(**source) for source in table.pop("sources")],
        **table,
    )
