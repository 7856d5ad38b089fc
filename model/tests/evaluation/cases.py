"""Garments, photos and detections for the tests of matching and of the report."""

import numpy as np

from armoire.data.sample import Garment, Sample
from armoire.evaluation.predict import result_rows

TOP, TROUSERS, SKIRT = 1, 8, 9


def garment(category, box, **extra) -> Garment:
    x1, y1, x2, y2 = box
    outline = np.float32([[x1, y1], [x2, y1], [x2, y2], [x1, y2]])
    area = float((x2 - x1) * (y2 - y1))
    return Garment(category, np.float32(box), [outline], area, extra=extra)


def photo(tmp_path, *garments, identifier=1, regions=()) -> Sample:
    ignore = np.zeros((0, 4), np.float32)
    path = tmp_path / f"{identifier}.png"
    return Sample(path, identifier, 96, 128, "user", list(garments), ignore, list(regions))


def rows_of(identifier, *found) -> list[dict]:
    """(category, box, score) ... → result rows with full masks."""
    table = {
        "boxes": np.float32([box for _, box, _ in found]).reshape(-1, 4),
        "scores": np.float32([s for _, _, s in found]),
        "labels": np.int64([c for c, _, _ in found]),
        "masks": np.ones((len(found), 28, 28), np.float32),
    }
    return result_rows(identifier, table, (128, 96))


UPPER, LOWER, ASIDE = (10, 10, 60, 60), (10, 62, 60, 120), (64, 4, 92, 50)
