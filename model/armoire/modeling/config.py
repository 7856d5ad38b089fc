"""The parser's architecture: the `[network]` table of a configuration."""

from dataclasses import dataclass

from armoire.photo import CATEGORIES


@dataclass
class NetworkConfig:
    """The parser's architecture; names as torchvision's `MaskRCNN` has them where it has them."""

    # "se-resnet", "efficientnet-lite0" or "efficientnet-lite2"; with SE gates or without.
    backbone: str = "se-resnet"
    # An SE-ResNet's alone: 18, 50 or 101; a factor on its channels; "affine", "batch" or "group".
    depth: int = 50
    width: float = 0.5
    se: bool = True
    norm: str = "affine"
    # Of stem, stage 1, stage 2, ..., the first so many are not trained.
    frozen_stages: int = 0
    fpn_channels: int = 96
    # The finest pyramid level: 2 or 3 (strides 4 and 8).
    fpn_min_level: int = 3
    box_head_dim: int = 256
    mask_head_channels: int = 96
    mask_head_convs: int = 3
    # One box and one mask regression for all categories.
    class_agnostic: bool = True
    num_categories: int = len(CATEGORIES)
    rpn_post_nms_top_n_train: int = 200
    rpn_post_nms_top_n_test: int = 100
    # Proposals a photo that the heads learn from.
    box_batch_size_per_image: int = 64
    mask_batch_size_per_image: int = 8
    box_detections_per_img: int = 50
    box_score_thresh: float = 0.05
    box_nms_thresh: float = 0.5
    # Refine each detection's box by the boxes around it (`detector.vote_boxes`).
    box_voting: bool = True
    # A branch for the landmarks of DeepFashion2's categories, with so many convolutions.
    landmarks: bool = False
    landmark_head_convs: int = 4
    # See each proposal's logits in the light of the others (`fit_relations`).
    relations: bool = False


# Settings that had other names in earlier versions; their checkpoints still load.
RENAMED = {
    "freeze": "frozen_stages",
    "fpn": "fpn_channels",
    "lowest_level": "fpn_min_level",
    "box_hidden": "box_head_dim",
    "mask_channels": "mask_head_channels",
    "mask_convs": "mask_head_convs",
    "agnostic": "class_agnostic",
    "categories": "num_categories",
    "proposals_train": "rpn_post_nms_top_n_train",
    "proposals_test": "rpn_post_nms_top_n_test",
    "rois": "box_batch_size_per_image",
    "mask_rois": "mask_batch_size_per_image",
    "detections": "box_detections_per_img",
    "score_floor": "box_score_thresh",
    "nms_iou": "box_nms_thresh",
}


def saved_network_config(values: dict) -> NetworkConfig:
    """From a checkpoint's table, today's or an earlier version's; unknown names are an error."""
    return NetworkConfig(**{RENAMED.get(name, name): value for name, value in values.items()})
