"""Folders: where weights, configurations, runs and data sets lie."""

from pathlib import Path

MODEL = Path(__file__).resolve().parents[1]
CONFIGS = MODEL / "configs"
RUNS = MODEL / "runs"
# The shipped ONNX files and their manifest.
WEIGHTS = MODEL / "weights"
# The data set that the shipped weights were trained on: linked here, or beside the repository.
GARMENTS = "data/garments"
_BESIDE = MODEL.parent.parent / "shared" / "dataset"


def data_root(name: str) -> Path:
    """A data set's folder; relative names start from `model/`."""
    path = MODEL / Path(name).expanduser()
    return _BESIDE if name == GARMENTS and not path.exists() else path
