"""manifest.json beside the ONNX files: the contract with whoever runs them.

Everything that reads or writes the file does it here. `deploy.export` builds the entries, each
measurement adds its own. `server/vision/manifest.ts` is the other side of the contract.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "manifest.json"
# Detections whose boxes overlap more than this (IoU) are one garment, whatever their categories.
NMS_IOU = 0.6
# Mask probability from which a pixel belongs to the garment.
MASK_THRESHOLD = 0.5


def read_manifest(folder: Path) -> dict:
    """The manifest of a weights folder."""
    return json.loads((folder / FILE).read_text())


def write_manifest(folder: Path, manifest: dict) -> None:
    """Writes the whole manifest, indented, with a newline at its end."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / FILE).write_text(text)


@contextmanager
def edit_manifest(folder: Path) -> Iterator[dict]:
    """The manifest to change in place; written back unless an error is raised."""
    manifest = read_manifest(folder)
    yield manifest
    write_manifest(folder, manifest)


def file_entry(path: Path) -> dict:
    """Name, SHA-256 and size in bytes of an ONNX file."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"file": path.name, "sha256": digest, "bytes": len(content)}
