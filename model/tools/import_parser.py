"""Makes a checkpoint to start runs from: `run.sh import_parser weights/parser.onnx OUT.pt`."""

import argparse
from pathlib import Path

from armoire.modeling.config import NetworkConfig
from armoire.modeling.onnx_parser import read_parser
from armoire.training.checkpoint import save_start


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="an exported parser with the default [network]")
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    network = read_parser(options.file, NetworkConfig())
    save_start(options.out, network, options.file.stem)


if __name__ == "__main__":
    main()
