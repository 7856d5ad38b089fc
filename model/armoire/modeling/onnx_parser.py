"""Reads an exported parser over an SE-ResNet back from its ONNX file."""

from dataclasses import replace
from pathlib import Path

import onnx
import torch

from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.modeling.onnx_backbone import read_backbone, read_tensors


def read_parser(path: Path, config: NetworkConfig) -> Parser:
    """The parser, in eval mode; ValueError if the file has other shapes."""
    tensors = read_tensors(onnx.load(path).graph)
    named = {name.removeprefix("parser."): torch.tensor(v) for name, v in tensors.items()}
    related = any(name.startswith("heads.relations.") for name in named)
    parser = Parser(replace(config, relations=related))
    backbone = read_backbone(path).state_dict()
    named |= {f"backbone.{name}": value for name, value in backbone.items()}
    own = parser.state_dict()
    lacking = [n for n, v in own.items() if n not in named or named[n].shape != v.shape]
    if lacking:
        raise ValueError(f"{path} has no {lacking[0]} of the configured shape")
    parser.load_state_dict({name: named[name] for name in own})
    return parser.eval()
