"""Makes the photo-like views that `fit_embedder` trains on, ahead of it: `run.sh pairs`."""

import argparse
import logging

from armoire.data.coco import read_coco
from armoire.retrieval.cutout import GarmentDetector
from armoire.retrieval.pairs import QUARTERS, worn_views
from tools.arguments import add_folder, add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_folder(parser)
    add_weights(parser)
    parser.add_argument("--quarters", type=int, default=QUARTERS, help="of train's shop items")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = read_coco(options.data, "train")
    for name, crops in worn_views(GarmentDetector(options.weights), samples, options.quarters):
        log.info("%s: %d views, %.1f %% found", name, len(crops.rows), 100 * crops.found)


if __name__ == "__main__":
    main()
