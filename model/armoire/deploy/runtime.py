"""Runs the exported files by ONNX Runtime, as the server does."""

import json
import os
from pathlib import Path

import numpy as np
import onnxruntime

from armoire.evaluation.coco_eval import fit


def open_session(path: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or int(os.environ.get("OMP_NUM_THREADS", "0"))
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


class ShippedParser:
    """Photo uint8 [H, W, 3] RGB → boxes [N, 4] in its pixels, scores, labels, masks [N, 28, 28]."""

    def __init__(self, folder: Path, side: int = 0):
        self.manifest = json.loads((folder / "manifest.json").read_text())
        entry = self.manifest["parser"]
        self.side = side or entry["longSide"]
        self.session = open_session(folder / entry["file"])

    def __call__(self, photo: np.ndarray) -> dict[str, np.ndarray]:
        padded, scale = fit(photo, self.side)
        boxes, scores, labels, masks = self.session.run(None, {"image": padded[None]})
        limit = np.float32([photo.shape[1], photo.shape[0]] * 2)
        boxes = np.clip(boxes / scale, 0, limit)
        return {"boxes": boxes, "scores": scores, "labels": labels, "masks": masks}


class ShippedEmbedder:
    """Crops uint8 [B, S, S, 4] → unit vectors [B, 256]."""

    def __init__(self, folder: Path):
        entry = json.loads((folder / "manifest.json").read_text())["embedder"]
        self.side, self.identity = entry["side"], entry["sha256"][:12]
        self.session = open_session(folder / entry["file"])

    def __call__(self, crops: np.ndarray) -> np.ndarray:
        return self.session.run(None, {"crops": crops})[0]

    def name_colours(self, crops: np.ndarray) -> np.ndarray:
        """Probabilities of the dominant colour, float32 [B, 13]."""
        return self.session.run(["colours"], {"crops": crops})[0]
