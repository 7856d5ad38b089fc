"""The parser: Mask R-CNN from torchvision's parts over an FPN over the SE-ResNet.

What torchvision does not have is written here: ignore regions, mini-masks, class-agnostic box and
mask regression (rare categories share the common ones' shapes), and a cap on mask samples.
Boxes are x1, y1, x2, y2 in pixels of the network's input throughout.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import TwoMLPHead
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import RoIHeads, fastrcnn_loss
from torchvision.models.detection.rpn import RegionProposalNetwork, RPNHead
from torchvision.ops import FeaturePyramidNetwork, MultiScaleRoIAlign, box_iou, roi_align
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool

from armoire.modeling.backbone import SEResNet
from armoire.photo import CATEGORIES

MASK_SIDE = 28
# A proposal with more than this share of its area inside an ignore region is no background.
IGNORED_SHARE = 0.5


@dataclass
class NetworkConfig:
    """Everything that decides the parser's weights' shapes, and its lists' lengths."""

    depth: int = 50
    width: float = 0.5
    se: bool = True
    norm: str = "affine"
    freeze: int = 0
    fpn: int = 96
    lowest_level: int = 3
    box_hidden: int = 256
    mask_channels: int = 96
    mask_convs: int = 3
    agnostic: bool = True
    categories: int = len(CATEGORIES)
    proposals_train: int = 200
    proposals_test: int = 100
    rois: int = 64
    mask_rois: int = 8
    detections: int = 50
    score_floor: float = 0.05
    nms_iou: float = 0.5


def inside_share(boxes: Tensor, regions: Tensor) -> Tensor:
    """[N, 4], [K, 4] → [N]: the largest share of each box's area that one region covers."""
    if len(regions) == 0:
        return boxes.new_zeros(len(boxes))
    low = torch.max(boxes[:, None, :2], regions[None, :, :2])
    high = torch.min(boxes[:, None, 2:], regions[None, :, 2:])
    shared = (high - low).clamp(min=0).prod(2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1).clamp(min=1e-6)
    return (shared / area[:, None]).max(1).values


def crop_mini_masks(minis: Tensor, boxes: Tensor, proposals: Tensor) -> Tensor:
    """Targets of the mask head: each proposal's view of its garment's mini-mask.

    minis uint8 [P, M, M] fill their garments' boxes [P, 4]; returns float [P, 28, 28], 0–1.
    """
    side = minis.shape[-1]
    size = (boxes[:, 2:] - boxes[:, :2]).clamp(min=1e-3)
    scale = (side / size).repeat(1, 2)
    local = (proposals - boxes[:, :2].repeat(1, 2)) * scale
    index = torch.arange(len(minis), device=minis.device, dtype=local.dtype)[:, None]
    rois = torch.cat([index, local], 1)
    # A border of zeros: outside its box a garment is not.
    padded = F.pad(minis[:, None].to(local.dtype), (1, 1, 1, 1))
    rois = rois + rois.new_tensor([0, 1, 1, 1, 1])
    return roi_align(padded, rois, MASK_SIDE, 1.0, 2, aligned=True)[:, 0]


class Rpn(RegionProposalNetwork):
    """torchvision's proposal network; anchors inside ignore regions are not background."""

    def assign_targets_to_anchors(self, anchors, targets):
        labels, matched = super().assign_targets_to_anchors(anchors, targets)
        for label, anchor, target in zip(labels, anchors, targets, strict=True):
            ignored = inside_share(anchor, target["ignore"]) > IGNORED_SHARE
            label[(label == 0) & ignored] = -1
        return labels, matched


class BoxPredictor(nn.Module):
    """Class scores and box deltas; one set of deltas serves every category if `agnostic`."""

    def __init__(self, inputs: int, classes: int, agnostic: bool):
        super().__init__()
        self.copies = classes if agnostic else 1
        self.cls_score = nn.Linear(inputs, classes)
        self.bbox_pred = nn.Linear(inputs, 4 if agnostic else classes * 4)
        nn.init.normal_(self.cls_score.weight, std=0.01)
        nn.init.normal_(self.bbox_pred.weight, std=0.001)
        nn.init.zeros_(self.cls_score.bias)
        nn.init.zeros_(self.bbox_pred.bias)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return self.cls_score(x).float(), self.bbox_pred(x).float().repeat(1, self.copies)


class MaskHead(nn.Sequential):
    """[R, C, 14, 14] → mask logits [R, 1 or classes, 28, 28]."""

    def __init__(self, inputs: int, channels: int, convs: int, outputs: int):
        layers: list[nn.Module] = []
        for _ in range(convs):
            layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = channels
        layers += [nn.ConvTranspose2d(inputs, channels, 2, 2), nn.ReLU(inplace=True)]
        layers += [nn.Conv2d(channels, outputs, 1)]
        super().__init__(*layers)
        for layer in self:
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
                nn.init.zeros_(layer.bias)


class GarmentHeads(RoIHeads):
    """Box and mask heads on region proposals, with ignore regions and mini-masks."""

    mask_rois: int
    agnostic: bool

    def sample(self, proposals: Tensor, target: dict) -> dict:
        """Picks this image's training proposals; garments' own boxes are among them."""
        boxes, labels = target["boxes"], target["labels"]
        proposals = torch.cat([proposals, boxes])
        wanted = torch.zeros(len(proposals), dtype=torch.int64, device=proposals.device)
        match = wanted.clone()
        if len(boxes):
            overlap, match = box_iou(proposals, boxes).max(1)
            wanted = torch.where(overlap >= 0.5, labels[match], wanted)
        ignored = inside_share(proposals, target["ignore"]) > IGNORED_SHARE
        wanted[(wanted == 0) & ignored] = -1
        positive, negative = self.fg_bg_sampler([wanted])
        keep = torch.where(positive[0] | negative[0])[0]
        match = match[keep]
        picked = {"boxes": proposals[keep], "labels": wanted[keep], "match": match}
        base = boxes[match] if len(boxes) else proposals[keep]
        picked["deltas"] = self.box_coder.encode([base], [picked["boxes"]])[0]
        return picked

    def losses(self, features, proposals, shapes, targets) -> dict[str, Tensor]:
        """Classification, box and mask losses of a batch."""
        with torch.no_grad():
            picked = [self.sample(p, t) for p, t in zip(proposals, targets, strict=True)]
        pooled = self.box_roi_pool(features, [p["boxes"] for p in picked], shapes)
        logits, deltas = self.box_predictor(self.box_head(pooled))
        cls_loss, box_loss = fastrcnn_loss(
            logits, deltas, [p["labels"] for p in picked], [p["deltas"] for p in picked]
        )
        mask_loss = self.mask_loss(features, picked, shapes, targets)
        return {"cls": cls_loss, "box": box_loss, "mask": mask_loss}

    def mask_loss(self, features, picked, shapes, targets) -> Tensor:
        """Mean binary cross-entropy over at most `mask_rois` garment proposals an image."""
        rois, labels, wanted = [], [], []
        for pick, target in zip(picked, targets, strict=True):
            chosen = torch.where(pick["labels"] > 0)[0]
            chosen = chosen[torch.randperm(len(chosen), device=chosen.device)[: self.mask_rois]]
            match = pick["match"][chosen]
            boxes = pick["boxes"][chosen]
            rois.append(boxes)
            labels.append(pick["labels"][chosen])
            if len(chosen):
                minis = target["minis"][match]
                wanted.append(crop_mini_masks(minis, target["boxes"][match], boxes))
        if not wanted:
            return sum(p.sum() * 0 for p in self.mask_predictor.parameters())
        logits = self.mask_predictor(self.mask_roi_pool(features, rois, shapes)).float()
        if not self.agnostic:
            every = torch.arange(len(logits), device=logits.device)
            logits = logits[every, torch.cat(labels)][:, None]
        return F.binary_cross_entropy_with_logits(logits[:, 0], torch.cat(wanted))

    def detect(self, features, proposals, shapes) -> dict[str, list[Tensor]]:
        """Per image: boxes [N, 4], scores [N] descending, labels [N], masks [N, 28, 28] 0–1."""
        pooled = self.box_roi_pool(features, proposals, shapes)
        logits, deltas = self.box_predictor(self.box_head(pooled))
        boxes, scores, labels = self.postprocess_detections(logits, deltas, proposals, shapes)
        mask_logits = self.mask_predictor(self.mask_roi_pool(features, boxes, shapes)).float()
        if self.agnostic:
            chosen = mask_logits[:, 0]
        else:
            flat = torch.cat(labels)
            chosen = mask_logits[torch.arange(flat.shape[0], device=flat.device), flat]
        masks = torch.sigmoid(chosen)
        masks = [masks] if len(boxes) == 1 else list(masks.split([len(b) for b in boxes]))
        return {"boxes": boxes, "scores": scores, "labels": labels, "masks": masks}


class Parser(nn.Module):
    """Normalised images float [B, 3, H, W], H and W multiples of 32 → losses or detections."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.config = config
        self.backbone = SEResNet(config.depth, config.width, config.se, config.norm)
        self.skipped = config.lowest_level - 2
        self.fpn = FeaturePyramidNetwork(
            self.backbone.channels[self.skipped :], config.fpn, extra_blocks=LastLevelMaxPool()
        )
        self.rpn = _make_rpn(config)
        self.heads = _make_heads(config)
        self.backbone.freeze(config.freeze)

    def pyramid(self, images: Tensor) -> dict[str, Tensor]:
        """FPN levels by name, finest first; full precision for the RoI operators."""
        stages = self.backbone(images)[self.skipped :]
        levels = self.fpn({str(i): stage for i, stage in enumerate(stages)})
        return {name: level.float() for name, level in levels.items()}

    def forward(self, images: Tensor, targets: list[dict] | None = None) -> dict:
        features = self.pyramid(images)
        shapes = [images.shape[-2:]] * images.shape[0]
        proposals, rpn_losses = self.rpn(ImageList(images, shapes), features, targets)
        if not self.training:
            return self.heads.detect(features, proposals, shapes)
        losses = self.heads.losses(features, proposals, shapes, targets)
        losses["objectness"] = rpn_losses["loss_objectness"]
        losses["proposal"] = rpn_losses["loss_rpn_box_reg"]
        return losses


class FloatRpnHead(RPNHead):
    """Objectness and deltas in full precision, whatever the convolutions ran in."""

    def forward(self, features):
        logits, deltas = super().forward(features)
        return [x.float() for x in logits], [x.float() for x in deltas]


def _make_rpn(config: NetworkConfig) -> Rpn:
    """Two scales an octave, three ratios: garments fill a third to all of their photos."""
    levels = range(config.lowest_level, 7)
    sizes = tuple((3 * 2**level, int(4.5 * 2**level)) for level in levels)
    anchors = AnchorGenerator(sizes, ((0.5, 1.0, 2.0),) * len(sizes))
    return Rpn(
        anchors,
        FloatRpnHead(config.fpn, anchors.num_anchors_per_location()[0]),
        fg_iou_thresh=0.6,
        bg_iou_thresh=0.3,
        batch_size_per_image=128,
        positive_fraction=0.5,
        pre_nms_top_n={"training": 600, "testing": 300},
        post_nms_top_n={"training": config.proposals_train, "testing": config.proposals_test},
        nms_thresh=0.7,
    )


def _make_heads(config: NetworkConfig) -> GarmentHeads:
    names = [str(i) for i in range(6 - config.lowest_level)]
    classes = config.categories + 1
    # Canonical size 112: a garment of 112–224 px pools from P4.
    pools = [
        MultiScaleRoIAlign(names, side, 2, canonical_scale=112, canonical_level=4)
        for side in (7, MASK_SIDE // 2)
    ]
    masks = 1 if config.agnostic else classes
    heads = GarmentHeads(
        pools[0],
        TwoMLPHead(config.fpn * 49, config.box_hidden),
        BoxPredictor(config.box_hidden, classes, config.agnostic),
        fg_iou_thresh=0.5,
        bg_iou_thresh=0.5,
        batch_size_per_image=config.rois,
        positive_fraction=0.25,
        bbox_reg_weights=None,
        score_thresh=config.score_floor,
        nms_thresh=config.nms_iou,
        detections_per_img=config.detections,
        mask_roi_pool=pools[1],
        mask_head=nn.Identity(),
        mask_predictor=MaskHead(config.fpn, config.mask_channels, config.mask_convs, masks),
    )
    heads.mask_rois, heads.agnostic = config.mask_rois, config.agnostic
    return heads


def network_config(values: dict) -> NetworkConfig:
    """From a checkpoint's or a configuration file's table; unknown names are an error."""
    return NetworkConfig(**values)


def as_table(config: NetworkConfig) -> dict:
    return asdict(config)
