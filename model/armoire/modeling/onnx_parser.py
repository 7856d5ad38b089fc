"""Reads an exported parser over an SE-ResNet back from its ONNX file."""

import json
from dataclasses import replace
from pathlib import Path

import onnx
import torch

from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.modeling.onnx_backbone import read_backbone, read_tensors

# The settings of files from before these were written into them.
BEFORE = '{"box_voting": false, "relations": false}'


def read_parser(path: Path, config: NetworkConfig) -> Parser:
    """The parser, in eval mode; ValueError if the file has other shapes."""
    model = onnx.load(path)
    tensors = read_tensors(model.graph)
    named = {name.removeprefix("parser."): torch.tensor(v) for name, v in tensors.items()}
    known = {prop.key: prop.value for prop in model.metadata_props}
    parser = Parser(replace(config, **json.loads(known.get("network", BEFORE))))
    backbone = read_backbone(path).state_dict()
    named |= {f"backbone.{name}": value for name, value in backbone.items()}
    own = parser.state_dict()
    lacking = [n for n, v in own.items() if n not in named or named[n].shape != v.shape]
    if lacking:
        raise ValueError(f"{path} has no {lacking[0]} of the configured shape")
    parser.load_state_dict({name: named[name] for name in own})
    return parser.eval()
