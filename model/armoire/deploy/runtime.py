"""Runs the exported files in ONNX Runtime, as the server does."""

import os
from pathlib import Path

import numpy as np
import onnxruntime

from armoire.manifest import read_manifest
from armoire.photo import letterbox


def open_session(path: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    """On the CPU; 0 threads means OMP_NUM_THREADS, or all cores."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or int(os.environ.get("OMP_NUM_THREADS", "0"))
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def parser_feeds(
    session: onnxruntime.InferenceSession, image: np.ndarray, mask_floor: float = 0.0
) -> dict[str, np.ndarray]:
    """What an exported parser takes for a photo uint8 [H, W, 3].

    Masks are made of detections with a score of at least `mask_floor`; files from before that input
    make all.
    """
    feeds = {"image": image[None], "maskFloor": np.float32([mask_floor])}
    return {entry.name: feeds[entry.name] for entry in session.get_inputs()}


class ShippedParser:
    """A photo uint8 [H, W, 3] RGB → what `evaluation.predict` has: boxes, scores, labels, masks.

    `side` is the long side of the input in pixels (0: the manifest's).
    """

    def __init__(self, folder: Path, side: int = 0):
        self.manifest = read_manifest(folder)
        entry = self.manifest["parser"]
        self.side = side or entry["longSide"]
        self.session = open_session(folder / entry["file"])

    def __call__(self, photo: np.ndarray) -> dict[str, np.ndarray]:
        padded, scale = letterbox(photo, self.side)
        names = [output.name for output in self.session.get_outputs()]
        outputs = self.session.run(None, parser_feeds(self.session, padded))
        found = dict(zip(names, outputs, strict=True))
        limit = np.float32([photo.shape[1], photo.shape[0]] * 2)
        found["boxes"] = np.clip(found["boxes"] / scale, 0, limit)
        if "landmarks" in found:
            found["landmarks"][..., :2] /= scale
        return found


class ShippedEmbedder:
    """Crops uint8 [B, S, S, 4] RGBA, labels uint8 [B] → unit vectors float32 [B, 256].

    A label is the parser's category, 0 for none; files from before labels do without.
    """

    def __init__(self, folder: Path):
        entry = read_manifest(folder)["embedder"]
        self.side, self.identity = entry["side"], entry["sha256"][:12]
        self.session = open_session(folder / entry["file"])

    def __call__(self, crops: np.ndarray, labels: np.ndarray) -> np.ndarray:
        return self.session.run(["embeddings"], self._feeds(crops, labels))[0]

    def name_colours(self, crops: np.ndarray) -> np.ndarray:
        """Probabilities of the dominant colour, float32 [B, 13]."""
        return self.session.run(["colours"], self._feeds(crops, np.zeros(len(crops))))[0]

    def _feeds(self, crops: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
        feeds = {"crops": crops, "labels": labels.astype(np.uint8)}
        return {entry.name: feeds[entry.name] for entry in self.session.get_inputs()}


class ShippedCompatibility:
    """Embeddings float32 [N, 256], categories source and target int64 [N] → queries [N, 256]."""

    def __init__(self, folder: Path):
        self.entry = read_manifest(folder)["compatibility"]
        self.session = open_session(folder / self.entry["file"])

    def __call__(self, embedding: np.ndarray, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        feed = {"embedding": embedding, "source": source, "target": target}
        return self.session.run(None, feed)[0]
