"""LookBench: `run.sh lookbench FOLDER [--noise FOLDER] [--out FILE]`.

FOLDER is one of the benchmark's subsets (real_studio_flat, aigen_studio, real_streetlook,
aigen_streetlook) with its query and gallery parquet files; `--noise` adds the gallery of its
distractors.
"""

import argparse
import json
import logging
from pathlib import Path

from armoire.retrieval.lookbench import Part, embed_part, score
from tools.arguments import add_weights


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a subset's folder")
    parser.add_argument("--noise", type=Path, help="the folder of the distractors")
    parser.add_argument("--noise-part", default="gallery", help="the name of their parquet files")
    add_weights(parser)
    parser.add_argument("--out", type=Path, help="also write the figures to this file")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    query = embed_part(options.weights, options.data, "query")
    gallery = embed_part(options.weights, options.data, "gallery")
    if options.noise:
        noise = embed_part(options.weights, options.noise, options.noise_part)
        gallery = Part.join([gallery, noise])
    figures = json.dumps(score(query, gallery), indent=2)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(figures + "\n")
    print(figures)


if __name__ == "__main__":
    main()
