"""Writes the shipped parser and embedder as today's exporter does: `run.sh reexport PHOTO ...`.

For changes of the exporter that leave all numbers as they are: refuses if an output differs in a
single bit on the photos, or on crops of noise. Names, figures and calibration stay.
"""

import argparse
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx

from armoire.data.sample import read_rgb
from armoire.deploy.export import PARSER_INPUTS, export_parser, parser_outputs
from armoire.deploy.rewrite import rewrite
from armoire.deploy.runtime import open_session, parser_feeds
from armoire.manifest import edit_manifest, file_entry
from armoire.modeling.config import NetworkConfig
from armoire.modeling.onnx_parser import read_parser
from armoire.photo import letterbox
from tools.arguments import add_weights

log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="+")
    add_weights(parser, "the folder to change")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with edit_manifest(options.weights) as manifest, tempfile.TemporaryDirectory() as made:
        old = {part: options.weights / manifest[part]["file"] for part in ("parser", "embedder")}
        new = {part: Path(made) / path.name for part, path in old.items()}
        network = read_parser(old["parser"], NetworkConfig())
        export_parser(network, new["parser"])
        graph = onnx.load(old["embedder"])
        rewrite(graph)
        onnx.save(graph, new["embedder"])
        side, crop = manifest["parser"]["longSide"], manifest["embedder"]["side"]
        photos = [letterbox(read_rgb(path), side)[0] for path in options.photos]
        noise = np.random.default_rng(1).integers(0, 256, (4, crop, crop, 4), np.uint8)
        feeds = {"crops": noise, "labels": np.arange(4, dtype=np.uint8)}
        check_same(old["parser"], new["parser"], photos)
        check_same(old["embedder"], new["embedder"], [feeds])
        manifest["parser"] |= {"inputs": PARSER_INPUTS, "outputs": parser_outputs(network)}
        for part, path in old.items():
            path.write_bytes(new[part].read_bytes())
            manifest[part] |= file_entry(path)
    log.info("the same on %d photos", len(photos))


def check_same(before: Path, after: Path, inputs: list) -> None:
    """ValueError if an output differs; inputs are photos of the parser, or feeds."""
    sessions = [open_session(path, 1) for path in (before, after)]
    for given in inputs:
        old, new = (
            s.run(None, given if isinstance(given, dict) else parser_feeds(s, given))
            for s in sessions
        )
        if not all(np.array_equal(a, b) for a, b in zip(old, new, strict=True)):
            raise ValueError(f"{after.name} gives other numbers than before")


if __name__ == "__main__":
    main()
