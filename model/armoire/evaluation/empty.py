"""Photos without garments: how many stay without a detection."""

import numpy as np

from armoire.data.sample import Sample
from armoire.photo import CATEGORIES


def surest_by_photo(samples: list[Sample], rows: list[dict]) -> np.ndarray:
    """Scores float64 [photos without garments]: of the surest detection, 0 without one."""
    surest = {s.identifier: 0.0 for s in samples if not s.garments}
    for row in rows:
        if row["image_id"] in surest:
            surest[row["image_id"]] = max(surest[row["image_id"]], row["score"])
    return np.array(list(surest.values()))


def share_empty(surest: np.ndarray, threshold: float) -> float:
    """Share of the photos on which no detection reaches `threshold`; 1 without photos."""
    return float(np.mean(surest < threshold)) if len(surest) else 1.0


def calibrated(rows: list[dict], table: dict[str, list[list[float]]]) -> list[dict]:
    """The same rows with calibrated scores, as the server gives them."""
    curves = {c: np.array(table[name]).T for c, name in enumerate(CATEGORIES, 1) if name in table}
    return [
        row | {"score": float(np.interp(row["score"], *curves[row["category_id"]]))} for row in rows
    ]
