"""Trains the parser: `python -m armoire.train configs/NAME.toml [--resume] [--until HH:MM]`.

In several processes: `torchrun --nproc-per-node N -m armoire.train ...`; a step's batch is theirs
together.
"""

import argparse
import dataclasses
import json
import logging
import math
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader
from tqdm import tqdm

from armoire.data.loader import PhotoCache, TrainingPhotos, batches, collate
from armoire.data.sources import read_source, training_data
from armoire.evaluation.coco_eval import quick_ap
from armoire.modeling.detector import Parser
from armoire.modeling.pretrained import fetch_open_nsfw, load_open_nsfw
from armoire.photo import normalise
from armoire.training import checkpoint
from armoire.training.config import MODEL, Schedule, Source, TrainConfig, read_config
from armoire.training.distributed import Group, half_precision

log = logging.getLogger(__name__)


def rate_factor(schedule: Schedule, step: int, progress: float) -> float:
    """Learning rate against its full value; `progress` is the share of the run that is over."""
    warm = min(1.0, (step + 1) / max(schedule.warmup, 1))
    if schedule.shape == "cosine":
        return warm * max(0.01, 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))
    factor = 1.0
    for begin, value in schedule.stages:
        if progress >= begin:
            factor = value
    return warm * factor


def make_optimizer(model: Parser, schedule: Schedule) -> torch.optim.Optimizer:
    """Heads, gates and backbone at their own rates; vectors (gains, biases) are not decayed."""
    rates = [schedule.rate, schedule.gate_rate, schedule.backbone_rate]
    groups: dict[tuple[int, bool], list] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            part = 2 if name.startswith("backbone.") else 0
            part = 1 if schedule.gate_rate and ".gate." in name else part
            groups.setdefault((part, weight.ndim > 1), []).append(weight)
    tables = [
        {
            "params": weights,
            "lr": rates[part],
            "full_rate": rates[part],
            "weight_decay": schedule.weight_decay if decays else 0.0,
        }
        for (part, decays), weights in sorted(groups.items())
    ]
    if schedule.optimizer == "sgd":
        return torch.optim.SGD(tables, momentum=schedule.momentum)
    return torch.optim.AdamW(tables)


class Run:
    """One training: its state can be saved and restored at any step."""

    def __init__(self, config: TrainConfig, folder: Path, group: Group):
        self.config, self.folder, self.group, self.device = config, folder, group, group.device
        self.model = Parser(config.network)
        self.step, self.elapsed, self.done = 0, 0.0, 0.0
        # The step at which the optimizer began, from which rates warm up.
        self.fresh = 0
        self.stopping = False
        # When this piece of the run ends, on the monotonic clock; its schedule goes on in the next.
        self.pause = math.inf

    def prepare(self, start: Path | None, resume: bool) -> None:
        """Fresh weights, a pretrained start, another run's weights, or this run's checkpoint."""
        if self.config.pretrained == "open_nsfw" and not resume:
            load_open_nsfw(self.model.backbone, fetch_open_nsfw(self.folder.parent / "pretrained"))
        if start and not resume:
            checkpoint.start_from(self.model, checkpoint.load(start)["average"])
        self.model.to(self.device, memory_format=torch.channels_last)
        self.average = checkpoint.Average(self.model, self.config.schedule.ema)
        self.optimizer = make_optimizer(self.model, self.config.schedule)
        if resume:
            self.restore(checkpoint.load(self.folder / "last.pt"))

    def restore(self, state: dict) -> None:
        """From a whole checkpoint, or averaged weights alone: the optimizer then starts fresh."""
        self.step, self.elapsed = state["step"], state["elapsed"]
        self.average.model.load_state_dict(state["average"])
        self.average.steps = state.get("average_steps", self.step)
        self.model.load_state_dict(state.get("model", state["average"]))
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
            self.fresh = state.get("fresh", 0)
        else:
            self.fresh = self.step
        if self.group.leads and "random" in state:
            torch.set_rng_state(state["random"])
        log.info("resumed at step %d, after %.1f minutes", self.step, self.elapsed / 60)

    def save(self) -> None:
        """Writes `last.pt`, whole or not at all."""
        state = {
            "network": dataclasses.asdict(self.config.network),
            "model": self.model.state_dict(),
            "average": self.average.model.state_dict(),
            "average_steps": self.average.steps,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "fresh": self.fresh,
            "elapsed": self.elapsed,
            "random": torch.get_rng_state(),
            "name": self.config.name,
            "photos": self.step * self.config.schedule.batch,
        }
        checkpoint.save(self.folder / "last.pt", state)

    def record(self, row: dict) -> None:
        """Appends one line to the run's log."""
        row = {"step": self.step, "minutes": round(self.elapsed / 60, 2), **row}
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")

    def tick(self, began: float) -> None:
        """Brings time, share done and the wish to stop up to date, the same in every process."""
        schedule = self.config.schedule
        elapsed = time.monotonic() - began
        if schedule.minutes:
            done = elapsed / 60 / schedule.minutes
        else:
            done = self.step / max(schedule.steps, 1)
        stopping = self.stopping or time.monotonic() >= self.pause
        agreed = self.group.agree([elapsed, done, float(stopping)])
        self.elapsed, self.done, self.stopping = agreed[0], agreed[1], agreed[2] > 0


def make_loader(config: TrainConfig, step: int, group: Group) -> tuple[DataLoader, list, int]:
    """This process's part of the batches from `step` on, the dev samples, and a pass's photos."""
    samples, weights, dev = training_data(config)
    cache = PhotoCache(samples, config.cache_side, config.cache)
    if config.cache and config.workers:
        cache.fill(config.workers)
    wide = np.array([s.width > s.height for s in samples])
    order = batches(weights, wide, config.schedule.batch, config.seed)
    for _ in range(step):
        next(order)
    order = (batch[group.rank :: group.size] for batch in order)
    loader = DataLoader(
        TrainingPhotos(cache, config.augment, config.seed),
        batch_sampler=order,
        collate_fn=collate,
        num_workers=config.workers,
        persistent_workers=config.workers > 0,
    )
    return loader, dev, int(weights.sum())


def train_step(run: Run, batch, scaler) -> dict[str, float]:
    """One step of the optimizer; a batch without a finite loss is left out."""
    schedule = run.config.schedule
    run.optimizer.zero_grad(set_to_none=True)
    losses = batch_losses(run, *batch, scaler) if batch else {}
    if not run.group.average_gradients(run.model, bool(losses)):
        return {}
    factor = rate_factor(schedule, run.step - run.fresh, run.done)
    for table in run.optimizer.param_groups:
        table["lr"] = table["full_rate"] * factor
    scaler.unscale_(run.optimizer)
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), schedule.clip)
    scaler.step(run.optimizer)
    scaler.update()
    run.average.update(run.model)
    return losses


def batch_losses(run: Run, images, targets, scaler) -> dict[str, float]:
    """Forward and backward; the losses by name, or nothing if they are not finite."""
    device = run.device
    images = normalise(images.to(device)).contiguous(memory_format=torch.channels_last)
    targets = [{k: v.to(device) for k, v in t.items()} for t in targets]
    half = torch.float16 if scaler.is_enabled() else torch.bfloat16
    with torch.autocast(device, half, enabled=half_precision(device)):
        losses = run.model(images, targets)
    total = sum(losses.values())
    if not torch.isfinite(total):
        return {}
    scaler.scale(total).backward()
    return {k: float(v.detach()) for k, v in losses.items()} | {"total": float(total.detach())}


def train(run: Run) -> None:
    """Steps until the schedule is over or the process is asked to stop."""
    config, watch, group = run.config, run.config.watch, run.group
    loader, dev, size = make_loader(config, run.step, group)
    if watch.evaluate_split:
        dev = read_source(dataclasses.replace(config.sources[0], split=watch.evaluate_split))
    dev = dev[: watch.evaluate_limit] if group.leads else []
    log.info("%d photos a pass, %d photos to watch", size, len(dev))
    needs_scaler = run.device == "cuda" and not torch.cuda.is_bf16_supported()
    scaler = torch.amp.GradScaler(run.device, enabled=needs_scaler)
    run.model.train()
    began = time.monotonic() - run.elapsed
    saved = watched = run.elapsed
    run.tick(began)
    sums: dict[str, float] = {}
    counted = 0
    bar = tqdm(loader, unit="step", mininterval=10, dynamic_ncols=True, disable=not group.leads)
    for batch in bar:
        losses = train_step(run, batch, scaler)
        run.step += 1
        run.tick(began)
        counted += bool(losses)
        for name, value in losses.items():
            sums[name] = sums.get(name, 0.0) + value
        if run.step % 20 == 0 and group.leads:
            means = {k: round(v / counted, 4) for k, v in sums.items()}
            passes = round(run.step * config.schedule.batch / max(size, 1), 3)
            run.record({"passes": passes, "rate": run.optimizer.param_groups[-1]["lr"]} | means)
            bar.set_postfix(loss=means.get("total"), passes=passes, done=f"{run.done:.0%}")
            sums.clear()
            counted = 0
        over = run.done >= 1 or run.stopping
        if group.leads and (over or run.elapsed - saved > watch.checkpoint_minutes * 60):
            run.save()
            saved = run.elapsed
        if watch.evaluate_steps:
            due = run.done >= 1 or run.step % watch.evaluate_steps == 0
        else:
            due = run.done >= 1 or run.elapsed - watched > watch.evaluate_minutes * 60
        if dev and due and not run.stopping:
            watch_ap(run, dev)
            watched = time.monotonic() - began
        if over:
            break
    group.close()


def watch_ap(run: Run, dev: list) -> None:
    """AP of the averaged weights on the photos kept aside, into the log."""
    state = torch.get_rng_state()
    found = quick_ap(run.average.model, dev, run.config.augment.side, run.device)
    torch.set_rng_state(state)
    run.record({"dev": found})
    log.info("dev box AP %.3f, AP50 %.3f", found["ap"], found["ap50"])


def minutes_until(clock: str) -> float:
    """Minutes from now to the next HH:MM of the local clock."""
    now = datetime.now()
    hour, minute = (int(part) for part in clock.split(":"))
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if then <= now:
        then += timedelta(days=1)
    return (then - now).total_seconds() / 60


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
    parser.add_argument("--pause-after", type=float, metavar="MINUTES", help="end this piece of it")
    parser.add_argument("--data", help="root of the first data set, instead of the configured one")
    parser.add_argument("--add", nargs=2, action="append", default=[], metavar=("ROOT", "SHARE"))
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    called = time.monotonic()
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
    folder = options.out or MODEL / "runs" / config.name
    folder.mkdir(parents=True, exist_ok=True)
    group = Group(options.device)
    torch.set_num_threads(max(1, config.threads // group.size))
    torch.manual_seed(config.seed)
    resume = options.resume and (folder / "last.pt").exists()
    run = Run(config, folder, group)
    run.prepare(options.start, resume)
    if options.until:
        config.schedule.minutes = run.elapsed / 60 + minutes_until(options.until)
    if not group.leads:
        torch.manual_seed(config.seed + 1000 * group.rank + run.step)
    if options.pause_after is not None:
        run.pause = called + options.pause_after * 60
    signal.signal(signal.SIGTERM, lambda *_: setattr(run, "stopping", True))
    train(run)


if __name__ == "__main__":
    main()
