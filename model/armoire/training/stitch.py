"""A trained parser's pyramid and heads on another backbone.

The new backbone starts from its published weights. Its lateral 1×1 convolutions are the ridge
regression (one a level, over the pixels of some training photos) of what the trained parser's own
laterals give. Heads, and all else above the laterals, are copied as they are.
"""

import logging
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from armoire.data.sample import Sample, read_rgb
from armoire.modeling.backbones import load_pretrained
from armoire.modeling.detector import Parser
from armoire.photo import letterbox, normalise
from armoire.training import checkpoint
from armoire.training.config import TrainConfig

log = logging.getLogger(__name__)
# Of the mean square of a feature.
RIDGE = 1e-3


class Regression:
    """Least squares of y [N, b] on x [N, a] and a constant, summed up batch by batch."""

    def __init__(self, inputs: int, outputs: int):
        self.xx = torch.zeros(inputs + 1, inputs + 1, dtype=torch.float64)
        self.xy = torch.zeros(inputs + 1, outputs, dtype=torch.float64)
        self.yy, self.count = torch.zeros(outputs, dtype=torch.float64), 0

    def add(self, x: Tensor, y: Tensor) -> None:
        x = torch.cat([x.double(), torch.ones(len(x), 1, dtype=torch.float64)], 1)
        self.xx += x.T @ x
        self.xy += x.T @ y.double()
        self.yy += y.double().square().sum(0)
        self.count += len(x)

    def solve(self) -> tuple[Tensor, Tensor, float]:
        """Weights [b, a], constants [b], and the share of y's variance that they explain."""
        ridge = RIDGE * self.xx.diagonal()[:-1].mean()
        steady = self.xx + torch.diag(torch.full((len(self.xx),), float(ridge)).double())
        found = torch.linalg.solve(steady, self.xy)
        left = self.yy - 2 * (found * self.xy).sum(0) + (found * (self.xx @ found)).sum(0)
        spread = self.yy - self.xy[-1].square() / self.count
        return found[:-1].T.float(), found[-1].float(), float(1 - left.sum() / spread.sum())


@torch.no_grad()
def fit_laterals(
    student: Parser, teacher: Parser, photos: list[np.ndarray], side: int
) -> list[float]:
    """Sets the student's laterals; returns what share of the teacher's they explain, by level."""
    tables = [
        Regression(block[0].in_channels, block[0].out_channels)
        for block in student.fpn.inner_blocks
    ]
    for photo in tqdm(photos, unit="photo", mininterval=10):
        image = normalise(torch.from_numpy(letterbox(photo, side)[0])[None])
        ours = student.backbone(image)[student.skipped :]
        theirs = teacher.backbone(image)[teacher.skipped :]
        for table, block, x, y in zip(tables, teacher.fpn.inner_blocks, ours, theirs, strict=True):
            table.add(*(v[0].flatten(1).T for v in (x, block(y))))
    explained = []
    for table, block in zip(tables, student.fpn.inner_blocks, strict=True):
        weight, bias, share = table.solve()
        block[0].weight.copy_(weight[:, :, None, None])
        block[0].bias.copy_(bias)
        explained.append(share)
    return explained


def stitched(config: TrainConfig, trained: Path, samples: list[Sample], photos: int) -> Parser:
    """The student, its laterals fitted on photos spread evenly over the samples."""
    teacher, _ = checkpoint.load_parser(trained)
    student = Parser(config.network).eval()
    checkpoint.load_matching(student, teacher.state_dict())
    load_pretrained(student.backbone, config.pretrained, trained.parent / "pretrained")
    chosen = [samples[i] for i in np.linspace(0, len(samples) - 1, photos).astype(int)]
    pictures = [read_rgb(sample.path) for sample in chosen]
    shares = fit_laterals(student, teacher, pictures, config.augment.long_side)
    log.info("laterals explain %s", ", ".join(f"{share:.3f}" for share in shares))
    return student
