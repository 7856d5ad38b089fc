"""Boxes in NumPy: x1, y1, x2, y2 in pixels unless said otherwise."""

import numpy as np

# A detection is on a garment from this IoU of their boxes on, as in AP50.
MATCH_IOU = 0.5


def box_iou(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """IoU [N] of boxes [N, 4] with one box [4]."""
    low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
    shared = np.clip(high - low, 0, None).prod(1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1) + (box[2:] - box[:2]).prod()
    return shared / np.maximum(areas - shared, 1e-6)


def xywh_to_xyxy(bbox) -> np.ndarray:
    """COCO's x, y, width, height → float32 x1, y1, x2, y2."""
    x, y, w, h = bbox
    return np.float32([x, y, x + w, y + h])
