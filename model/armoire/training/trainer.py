"""Trains the parser: mixed precision, EMA, evaluation on the dev part, checkpoints, resuming."""

import dataclasses
import json
import logging
import math
import signal
import time
from pathlib import Path

import torch
from tqdm import tqdm

from armoire.data.sources import read_source
from armoire.evaluation.summary import dev_ap
from armoire.modeling.backbones import load_pretrained
from armoire.modeling.detector import Parser
from armoire.photo import normalise
from armoire.training import checkpoint
from armoire.training.config import TrainConfig
from armoire.training.distributed import Distributed, half_precision
from armoire.training.ema import EMA
from armoire.training.loading import make_loader
from armoire.training.lr_schedule import lr_factor
from armoire.training.optimizer import make_optimizer

log = logging.getLogger(__name__)
# Losses are averaged over so many steps for each line of the log.
LOG_STEPS = 20


class Run:
    """One training: its state can be saved and restored at any step."""

    def __init__(self, config: TrainConfig, folder: Path, distributed: Distributed):
        self.config, self.folder = config, folder
        self.distributed, self.device = distributed, distributed.device
        self.model = Parser(config.network)
        # Seconds of training so far, and the share of the run that is done.
        self.step, self.elapsed, self.progress = 0, 0.0, 0.0
        # The step at which the optimizer started fresh: learning rates warm up from there.
        self.warmup_from = 0
        self.stopping = False
        # When this session of the run ends, on the monotonic clock; a later one resumes it.
        self.pause_at = math.inf

    def prepare(self, start: Path | None, resume: bool) -> None:
        """Random or pretrained weights, another run's weights, or this run's checkpoint."""
        if not resume:
            folder = self.folder.parent / "pretrained"
            load_pretrained(self.model.backbone, self.config.pretrained, folder)
        if start and not resume:
            checkpoint.load_matching(self.model, checkpoint.load(start)["ema"])
        self.model.to(self.device, memory_format=torch.channels_last)
        self.ema = EMA(self.model, self.config.schedule.ema_decay)
        self.optimizer = make_optimizer(self.model, self.config.schedule)
        if resume:
            self.restore(checkpoint.load(self.folder / "last.pt"))

    def restore(self, state: dict) -> None:
        """From a whole checkpoint, or from EMA weights alone: the optimizer then starts fresh."""
        self.step, self.elapsed = state["step"], state["elapsed"]
        self.ema.model.load_state_dict(state["ema"])
        self.ema.steps = state.get("ema_steps", self.step)
        self.model.load_state_dict(state.get("model", state["ema"]))
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
            self.warmup_from = state.get("warmup_from", 0)
        else:
            self.warmup_from = self.step
        if self.distributed.is_main and "rng_state" in state:
            torch.set_rng_state(state["rng_state"])
        log.info("resumed at step %d, after %.1f minutes", self.step, self.elapsed / 60)

    def save(self) -> None:
        """Writes `last.pt`, whole or not at all."""
        state = {
            "network": dataclasses.asdict(self.config.network),
            "model": self.model.state_dict(),
            "ema": self.ema.model.state_dict(),
            "ema_steps": self.ema.steps,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "warmup_from": self.warmup_from,
            "elapsed": self.elapsed,
            "rng_state": torch.get_rng_state(),
            "name": self.config.name,
            "photos": self.step * self.config.schedule.batch_size,
        }
        checkpoint.save(self.folder / "last.pt", state)

    def record(self, row: dict) -> None:
        """Appends a line to the run's `log.jsonl`."""
        row = {"step": self.step, "minutes": round(self.elapsed / 60, 2), **row}
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")

    def update_clock(self, began: float) -> None:
        """Updates time, progress and whether to stop; the main process decides for all."""
        schedule = self.config.schedule
        elapsed = time.monotonic() - began
        if schedule.minutes:
            progress = elapsed / 60 / schedule.minutes
        else:
            progress = self.step / max(schedule.steps, 1)
        stopping = self.stopping or time.monotonic() >= self.pause_at
        shared = self.distributed.broadcast([elapsed, progress, float(stopping)])
        self.elapsed, self.progress, self.stopping = shared[0], shared[1], shared[2] > 0


def train_step(run: Run, batch, scaler) -> dict[str, float]:
    """One optimizer step → losses by name; empty if no process had finite losses."""
    schedule = run.config.schedule
    run.optimizer.zero_grad(set_to_none=True)
    losses = batch_losses(run, *batch, scaler) if batch else {}
    if not run.distributed.average_gradients(run.model, bool(losses)):
        return {}
    factor = lr_factor(schedule, run.step - run.warmup_from, run.progress)
    for group in run.optimizer.param_groups:
        group["lr"] = group["initial_lr"] * factor
    scaler.unscale_(run.optimizer)
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), schedule.max_grad_norm)
    scaler.step(run.optimizer)
    scaler.update()
    run.ema.update(run.model)
    return losses


def batch_losses(run: Run, images, targets, scaler) -> dict[str, float]:
    """Forward and backward → losses by name and their `total`; empty if they are not finite."""
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
    config, evaluation, distributed = run.config, run.config.evaluation, run.distributed
    loader, dev, size = make_loader(config, run.step, distributed)
    if evaluation.split:
        dev = read_source(dataclasses.replace(config.sources[0], split=evaluation.split))
    dev = dev[: evaluation.max_photos] if distributed.is_main else []
    log.info("%d photos an epoch, %d photos to evaluate on", size, len(dev))
    needs_scaler = run.device == "cuda" and not torch.cuda.is_bf16_supported()
    scaler = torch.amp.GradScaler(run.device, enabled=needs_scaler)
    run.model.train()
    began = time.monotonic() - run.elapsed
    saved = evaluated = run.elapsed
    run.update_clock(began)
    sums: dict[str, float] = {}
    counted = 0
    bar = tqdm(
        loader, unit="step", mininterval=10, dynamic_ncols=True, disable=not distributed.is_main
    )
    for batch in bar:
        losses = train_step(run, batch, scaler)
        run.step += 1
        run.update_clock(began)
        counted += bool(losses)
        for name, value in losses.items():
            sums[name] = sums.get(name, 0.0) + value
        if run.step % LOG_STEPS == 0 and distributed.is_main:
            means = {k: round(v / counted, 4) for k, v in sums.items()}
            epochs = round(run.step * config.schedule.batch_size / max(size, 1), 3)
            run.record({"epochs": epochs, "lr": run.optimizer.param_groups[-1]["lr"]} | means)
            bar.set_postfix(loss=means.get("total"), epochs=epochs, done=f"{run.progress:.0%}")
            sums.clear()
            counted = 0
        over = run.progress >= 1 or run.stopping
        save_due = over or run.elapsed - saved > config.schedule.checkpoint_minutes * 60
        if distributed.is_main and save_due:
            run.save()
            saved = run.elapsed
        if evaluation.every_steps:
            due = run.progress >= 1 or run.step % evaluation.every_steps == 0
        else:
            due = run.progress >= 1 or run.elapsed - evaluated > evaluation.every_minutes * 60
        if dev and due and not run.stopping:
            evaluate_ema(run, dev)
            evaluated = time.monotonic() - began
        if over:
            break
    distributed.close()


def evaluate_ema(run: Run, dev: list) -> None:
    """Box AP of the EMA weights on the dev part, into the log; random numbers are not used up."""
    state = torch.get_rng_state()
    found = dev_ap(run.ema.model, dev, run.config.augment.long_side, run.device)
    torch.set_rng_state(state)
    run.record({"dev": found})
    log.info("dev box AP %.3f, AP50 %.3f", found["ap"], found["ap50"])


def run_training(
    config: TrainConfig,
    folder: Path,
    device: str,
    *,
    resume: bool = False,
    start: Path | None = None,
    minutes_left: float | None = None,
    pause_after: float | None = None,
) -> None:
    """Trains in a run folder, from its checkpoint if there is one and `resume` asks for it.

    `start` is a checkpoint to fine-tune from. `minutes_left` ends the run that long from now,
    instead of after the configured minutes; `pause_after` minutes end this session alone. SIGTERM
    saves and stops.
    """
    called = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    distributed = Distributed(device)
    torch.set_num_threads(max(1, config.num_threads // distributed.world_size))
    torch.manual_seed(config.seed)
    run = Run(config, folder, distributed)
    run.prepare(start, resume and (folder / "last.pt").exists())
    if minutes_left is not None:
        config.schedule.minutes = run.elapsed / 60 + minutes_left
    if not distributed.is_main:
        torch.manual_seed(config.seed + 1000 * distributed.rank + run.step)
    if pause_after is not None:
        run.pause_at = called + pause_after * 60
    signal.signal(signal.SIGTERM, lambda *_: setattr(run, "stopping", True))
    train(run)
