"""Packs a run for another machine, and unpacks it: `run.sh checkpoint split RUN/last.pt FOLDER`.

`split` writes the EMA weights in half precision, in at most four files of 16 MiB; `join FOLDER
RUN/last.pt` makes a checkpoint of them, and `run.sh train --resume` goes on from there.
"""

import argparse
from pathlib import Path

from armoire.training.checkpoint import join, load, save, split


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["split", "join"])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(arguments)
    if options.verb == "split":
        for path in split(load(options.source), options.target):
            print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")
    else:
        state = join(options.source)
        save(options.target, state)
        print(f"{options.target}: step {state['step']}, after {state['elapsed'] / 60:.1f} minutes")


if __name__ == "__main__":
    main()
