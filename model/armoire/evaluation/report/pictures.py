"""A case as a picture: the photo as a JPEG file, masks and boxes as SVG on top."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from armoire.data.boxes import MATCH_IOU, xywh_to_xyxy
from armoire.data.masks import decode_rle, mask_polygons
from armoire.data.sample import Garment, Sample, read_rgb
from armoire.evaluation.matching import Case
from armoire.evaluation.tables import number
from armoire.photo import CATEGORIES

log = logging.getLogger(__name__)
LONG_SIDE = 900
# Width over height of the view: garments are upright.
ASPECT = 0.8
# Margin of the view around the garment, as a share of the garment's size.
MARGIN = 0.3


@dataclass(frozen=True)
class Shape:
    """A mask and box in pixels of the photo; `kind` is truth or found, `main` is the case's own."""

    kind: str
    main: bool
    path: str
    box: tuple[float, float, float, float]
    label: str


@dataclass(frozen=True)
class Picture:
    """What the page shows of a case; `view` is the visible x, y, width, height."""

    file: str
    name: str
    width: int
    height: int
    view: tuple[float, float, float, float]
    shapes: list[Shape]
    title: str
    notes: list[str] = field(default_factory=list)


def name_of(category: int) -> str:
    return CATEGORIES[category - 1]


def path_data(polygons: list[np.ndarray], tolerance: float) -> str:
    """SVG path data of polygons [P, 2], simplified to within `tolerance` pixels."""
    parts = []
    for polygon in polygons:
        points = cv2.approxPolyDP(np.float32(polygon), tolerance, True)[:, 0]
        if len(points) >= 3:
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)


def corner_box(box) -> tuple[float, float, float, float]:
    """x1, y1, x2, y2 → x, y, width, height, to a tenth of a pixel."""
    x1, y1, x2, y2 = (round(float(v), 1) for v in box)
    return x1, y1, round(x2 - x1, 1), round(y2 - y1, 1)


def truth_shape(garment: Garment, main: bool, tolerance: float) -> Shape:
    path = path_data(garment.polygons, tolerance)
    return Shape("truth", main, path, corner_box(garment.box), name_of(garment.category))


def found_shape(row: dict, main: bool, tolerance: float) -> Shape:
    path = path_data(mask_polygons(decode_rle(row["segmentation"])), tolerance)
    label = f"{name_of(row['category_id'])} {number(row['score'])}"
    return Shape("found", main, path, corner_box(xywh_to_xyxy(row["bbox"])), label)


def view_of(box: np.ndarray, width: int, height: int) -> tuple[float, float, float, float]:
    """The view (x, y, width, height) around a box x1, y1, x2, y2; every view has the same aspect.

    It stays inside the photo if the photo is large enough, else the photo is centred in it.
    """
    size = (box[2:] - box[:2]) * (1 + 2 * MARGIN)
    wide = max(size[0], size[1] * ASPECT, 0.35 * min(width, height))
    # No wider than what shows the whole photo.
    wide = min(wide, max(width, height * ASPECT))
    tall = wide / ASPECT
    centre = (box[:2] + box[2:]) / 2
    x, y = (
        (whole - part) / 2 if part >= whole else float(np.clip(c - part / 2, 0, whole - part))
        for c, part, whole in zip(centre, (wide, tall), (width, height), strict=True)
    )
    return tuple(round(float(v), 1) for v in (x, y, wide, tall))


def shapes_of(case: Case, others: list[dict]) -> list[Shape]:
    """Everything annotated and found on the photo; the case's own shapes last, so on top."""
    tolerance = max(case.sample.width, case.sample.height) / 800
    own_rows = [r for r in (case.row, case.near) if isinstance(r, dict)]
    own_garments = [g for g in (case.garment, case.near) if isinstance(g, Garment)]
    shapes = [
        truth_shape(g, False, tolerance)
        for g in case.sample.garments
        if not any(g is o for o in own_garments)
    ]
    shapes += [
        found_shape(r, False, tolerance) for r in others if not any(r is o for o in own_rows)
    ]
    shapes += [truth_shape(g, True, tolerance) for g in own_garments]
    return shapes + [found_shape(r, True, tolerance) for r in own_rows]


def describe(case: Case) -> tuple[str, list[str]]:
    """A title and notes for the caption."""
    iou = f"IoU\N{NO-BREAK SPACE}{number(case.iou)}"
    if case.outcome == "missed":
        title = name_of(case.garment.category)
        if not case.near:
            return title, ["nothing found on it"]
        low = f"{name_of(case.near['category_id'])} {number(case.near['score'])}"
        return title, [f"best on it: {low}, {iou}"]
    title = f"{name_of(case.row['category_id'])} {number(case.row['score'])}"
    if case.outcome == "false alarm":
        if not case.near:
            return title, ["touches no garment"]
        taken = ", found already" if case.iou >= MATCH_IOU else ""
        return title, [f"nearest: {name_of(case.near.category)}, {iou}{taken}"]
    return f"{title}, in truth {name_of(case.garment.category)}", [iou]


def save_photo(folder: Path, sample: Sample) -> str:
    """Writes the photo, at most 900 px on its long side, once; raises ValueError if unreadable."""
    name = f"photo-{sample.identifier}.jpg"
    if not (folder / name).exists():
        photo = read_rgb(sample.path)
        scale = min(1, LONG_SIDE / max(photo.shape[:2]))
        photo = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        options = [cv2.IMWRITE_JPEG_QUALITY, 85]
        cv2.imwrite(str(folder / name), cv2.cvtColor(photo, cv2.COLOR_RGB2BGR), options)
    return name


def draw(folder: Path, case: Case, others: list[dict]) -> Picture | None:
    """The case's picture; None, and a warning, if the photo cannot be read.

    `others` are the photo's detections that the server shows.
    """
    sample = case.sample
    try:
        file = save_photo(folder, sample)
    except (ValueError, OSError) as error:
        log.warning("no picture: %s", error)
        return None
    shapes = shapes_of(case, others)
    corners = np.float32([s.box for s in shapes if s.main])
    corners[:, 2:] += corners[:, :2]
    box = np.concatenate([corners[:, :2].min(0), corners[:, 2:].max(0)])
    title, notes = describe(case)
    name = f"{sample.path.parent.name}/{sample.path.name}"
    view = view_of(box, sample.width, sample.height)
    return Picture(file, name, sample.width, sample.height, view, shapes, title, notes)
