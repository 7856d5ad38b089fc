"""Teaches a trained parser how its proposals relate: `run.sh fit_relations CHECKPOINT OUT`.

Some minutes on one core. Everything else of the parser stays as it is; `ship_parser OUT` exports
it.
"""

import argparse
import logging
from pathlib import Path

from armoire.data.sample import Sample
from armoire.data.sources import HOLDOUT_SHARE, held_out, in_dev, read_split
from armoire.photo import LONG_SIDE
from armoire.training.checkpoint import load_parser, save
from armoire.training.relations import Fit, fit, gather, with_relations
from tools.arguments import add_dev_share, add_folder


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    add_folder(parser)
    add_dev_share(parser)
    parser.add_argument("--splits", nargs="+", default=["train", "more"])
    parser.add_argument("--shop", type=int, default=750, help="shop photos, all splits together")
    parser.add_argument("--empty", type=Path, help="a set without garments, of which 250 are used")
    parser.add_argument("--side", type=int, default=LONG_SIDE, help="long side of the input")
    parser.add_argument("--share", type=float, default=Fit.share, help="of the change to keep")
    parser.add_argument("--layer", type=Path, help="take another checkpoint's layer, fit nothing")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    network, state = load_parser(options.checkpoint)
    if options.layer:
        layer = load_parser(options.layer)[0].heads.relations
        if layer is None:
            raise SystemExit(f"{options.layer} has no relations")
    else:
        table = gather(network, photos(options), options.side)
        layer = fit(table, network.config.num_categories + 1, Fit(share=options.share))
    related = with_relations(network, layer)
    state.pop("optimizer", None)
    state |= {"network": vars(related.config), "ema": related.state_dict()}
    save(options.out, state)


def photos(options: argparse.Namespace) -> list[Sample]:
    """All street photos that are trained on, and some of the others."""
    known = []
    for split in options.splits:
        for sample in read_split(options.data, split):
            apart = in_dev(sample, options.dev_share) if split == "train" else False
            if not apart and not (split == "more" and held_out(sample, HOLDOUT_SHARE)):
                known.append(sample)
    street = [s for s in known if s.source == "user"]
    shop = spread([s for s in known if s.source != "user"], options.shop)
    empty = spread(read_split(options.empty, "train"), 250) if options.empty else []
    return street + shop + empty


def spread(samples: list[Sample], count: int) -> list[Sample]:
    """At most `count` of them, evenly spread."""
    return samples[:: max(1, -(-len(samples) // count))] if count else []


if __name__ == "__main__":
    main()
