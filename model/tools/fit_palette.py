"""Fits the palette of colour names for `server/vocabulary/palette.ts`: `run.sh fit_palette`.

Learns from train's labels and prints the points and how often they name val's labels.
"""

import argparse
import json
import logging

from armoire.data.sources import read_split
from armoire.photo import COLOURS
from armoire.retrieval.palette import fit_palette, sample_pixels, votes
from tools.arguments import add_folder


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    parser.add_argument("--limit", type=int, default=0, help="photos of each split (0: all)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train, val = (
        read_split(options.data, split, "coco")[: options.limit or None]
        for split in ("train", "val")
    )
    palette = fit_palette(*sample_pixels(train, 96))
    pixels, labels = sample_pixels(val, 800)
    right = (votes(palette, pixels).argmax(1) == labels).float().mean()
    points = palette.int().tolist()
    for name, of in zip(COLOURS, points, strict=True):
        logging.info("%s: %s", name, json.dumps(of))
    logging.info("names of val's labels: %.3f", right)


if __name__ == "__main__":
    main()
