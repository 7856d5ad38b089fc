"""Arguments that several commands share."""

import argparse
from pathlib import Path

import torch

from armoire.data.sample import Sample
from armoire.data.sources import DEV_SHARE, FORMATS, read_split
from armoire.paths import GARMENTS, WEIGHTS, data_root


def add_folder(parser: argparse.ArgumentParser) -> None:
    """--data: a data set's folder."""
    parser.add_argument("--data", type=Path, default=data_root(GARMENTS), help="the set's folder")


def add_weights(parser: argparse.ArgumentParser, help: str = "folder of the ONNX files") -> None:
    """--weights: the shipped ONNX files or others."""
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help=help)


def add_dev_share(parser: argparse.ArgumentParser) -> None:
    """--dev-share: must be the share that the training left out."""
    parser.add_argument("--dev-share", type=float, default=DEV_SHARE)


def add_format_and_split(parser: argparse.ArgumentParser) -> None:
    """--format, --split and --dev-share."""
    parser.add_argument("--format", default="coco", choices=FORMATS)
    parser.add_argument(
        "--split",
        default="val",
        help="dev: the part of train that training leaves out; held-out: street photos of more",
    )
    add_dev_share(parser)


def add_device(parser: argparse.ArgumentParser) -> None:
    """--device: a GPU where there is one."""
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


def add_samples(parser: argparse.ArgumentParser) -> None:
    """The arguments that `read_samples` reads."""
    add_folder(parser)
    add_format_and_split(parser)
    parser.add_argument("--limit", type=int, default=0, help="photos at the most (0: all)")


def read_samples(options: argparse.Namespace) -> list[Sample]:
    """The samples that `add_samples`' arguments name."""
    samples = read_split(options.data, options.split, options.format, options.dev_share)
    return samples[: options.limit or None]
