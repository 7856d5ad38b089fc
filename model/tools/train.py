"""Trains the parser: `run.sh train configs/NAME.toml [--resume] [--until HH:MM]`.

PROCESSES=N trains in N processes; a step's batch is divided among them.
"""

import argparse
import logging
from datetime import datetime, timedelta
from pathlib import Path

import torch

from armoire.data.sources import Source
from armoire.paths import RUNS
from armoire.training.config import TrainConfig, read_config
from armoire.training.trainer import run_training


def minutes_until(clock: str) -> float:
    """Minutes from now to the next HH:MM of the local clock."""
    now = datetime.now()
    hour, minute = (int(part) for part in clock.split(":"))
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if then <= now:
        then += timedelta(days=1)
    return (then - now).total_seconds() / 60


def configured(options: argparse.Namespace) -> TrainConfig:
    """The configuration file with the command line's settings laid over it."""
    config = read_config(options.config)
    if options.data:
        config.sources[0].root = str(Path(options.data).resolve())
    if options.minutes is not None:
        config.schedule.minutes = options.minutes
    if options.steps is not None:
        config.schedule.minutes, config.schedule.steps = 0.0, options.steps
    if options.seed is not None:
        config.seed = options.seed
    for root, share in options.add:
        config.sources.append(Source(str(Path(root).resolve()), share=float(share)))
    return config


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, help="run folder (default runs/NAME)")
    parser.add_argument("--resume", action="store_true", help="go on from the run's checkpoint")
    parser.add_argument("--start", type=Path, help="a checkpoint to fine-tune from")
    parser.add_argument("--until", help="stop at HH:MM instead of after the configured minutes")
    parser.add_argument("--minutes", type=float, help="of training, instead of the configured ones")
    parser.add_argument("--steps", type=int, help="stop after so many instead of after minutes")
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--pause-after", type=float, metavar="MINUTES", help="end this session; --resume goes on"
    )
    parser.add_argument("--data", help="root of the first data set, instead of the configured one")
    parser.add_argument(
        "--add",
        nargs=2,
        action="append",
        default=[],
        metavar=("ROOT", "SHARE"),
        help="mix in another COCO folder; a share of .12 is 12 of 100 drawn photos",
    )
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    config = configured(options)
    run_training(
        config,
        options.out or RUNS / config.name,
        options.device,
        resume=options.resume,
        start=options.start,
        minutes_left=minutes_until(options.until) if options.until else None,
        pause_after=options.pause_after,
    )


if __name__ == "__main__":
    main()
