"""What squeeze-and-excitation costs and does: `run.sh gates [CONFIG] [--sides 192 352]`.

With `--checkpoint` also the values of a trained network's gates.
"""

import argparse
from pathlib import Path

from armoire.evaluation.tables import rows_to_table
from armoire.paths import CONFIGS
from armoire.studies.gates import gate_rows, gate_values, measure_cost
from armoire.training.checkpoint import load_parser
from armoire.training.config import read_config
from tools.arguments import add_samples, read_samples


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_samples(parser)
    default = CONFIGS / "cpu-ablation.toml"
    parser.add_argument("config", type=Path, nargs="?", default=default)
    parser.add_argument("--sides", type=int, nargs="+", default=[192, 352])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--checkpoint", type=Path, help="also tell what its gates do")
    parser.set_defaults(limit=100)
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    rows, (size, without) = measure_cost(config.network, options.sides, options.rounds)
    print(f"the gates' parameters: {size - without:,} of {size:,}\n")
    head = ["backbone alone", "ms with", "without", "the gates' ms", "× without"]
    print(rows_to_table(head, rows))
    if options.checkpoint:
        network, _ = load_parser(options.checkpoint)
        values = gate_values(network, read_samples(options), config.augment.long_side)
        head = ["gates of", "mean", "± channels", "± photos", "least", "most"]
        print(rows_to_table(head, gate_rows(values)))


if __name__ == "__main__":
    main()
