"""torchvision's time on a photo, for `npm run bench -- parse`: `run.sh torchvision_bench PHOTO`.

The first line of output is a table of multiply-adds. Then names of tasks are read from standard
input, one a line. Each is run once and answered with a line of JSON: wall and processor
milliseconds. So the caller can take turns with it, photo by photo.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from armoire.data.sample import read_rgb
from armoire.manifest import read_manifest
from armoire.photo import letterbox
from armoire.studies.torchvision_bench import PRODUCT_SIDE, make_tasks, multiply_adds
from tools.arguments import add_weights


@torch.no_grad()
def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photo", type=Path)
    add_weights(parser)
    parser.add_argument("--crops", type=int, default=3, help="garments in the photo")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    photo = read_rgb(options.photo)
    manifest = read_manifest(options.weights)
    side, crop = manifest["parser"]["longSide"], manifest["embedder"]["side"]
    seen = {
        "image": letterbox(photo, side)[0][None],
        "maskFloor": np.float32([manifest["parser"]["scoreThreshold"]]),
    }
    cut = {
        "crops": np.full((options.crops, crop, crop, 4), 200, np.uint8),
        "labels": np.ones(options.crops, np.uint8),
    }
    table = {
        "parser": multiply_adds(options.weights / "parser.onnx", seen),
        "embedder": multiply_adds(options.weights / "embedder.onnx", cut),
        "product": PRODUCT_SIDE**3,
        "torch": torch.__version__,
    }
    print(json.dumps(table), flush=True)
    tasks = make_tasks(photo, side)
    for line in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        tasks[line.strip()]()
        took = {
            "wall": 1000 * (time.perf_counter() - wall),
            "processor": 1000 * (time.process_time() - processor),
        }
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
