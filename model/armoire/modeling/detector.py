"""The parser: Mask R-CNN with torchvision's parts, an FPN and one of the backbones.

What torchvision lacks is written here: ignore regions, mini-masks, class-agnostic box and mask
regression (rare categories share the shapes of common ones), a cap on mask samples, and garments
whose box or mask is not known well enough to learn from (`boxed` and `masked` of the targets).
Boxes are x1, y1, x2, y2 in pixels of the network's input throughout.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import TwoMLPHead
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import RoIHeads
from torchvision.models.detection.rpn import RegionProposalNetwork, RPNHead
from torchvision.ops import (
    FeaturePyramidNetwork,
    MultiScaleRoIAlign,
    box_iou,
    clip_boxes_to_image,
    roi_align,
)
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool

from armoire.modeling.backbones import make_backbone
from armoire.modeling.config import NetworkConfig
from armoire.modeling.landmarks import LandmarkHead, find_landmarks, landmark_loss
from armoire.modeling.relations import Relations, absent_of

# The mask head's output is MASK_SIDE × MASK_SIDE, inside the box.
MASK_SIDE = 28
# Boxes with more than this share of their area inside an ignore region are not used as background.
MAX_IGNORED_SHARE = 0.5
# Box voting: boxes with a lower IoU have no vote; how fast the weight falls with 1 - IoU.
VOTE_IOU = 0.6
VOTE_SPREAD = 0.05
# The label of an anchor on a garment whose box is not known: an object, but no box to regress to.
UNBOXED = 2.0


def covered_share(boxes: Tensor, regions: Tensor) -> Tensor:
    """Boxes [N, 4], regions [K, 4] → the largest share of each box that one region covers [N]."""
    if len(regions) == 0:
        return boxes.new_zeros(len(boxes))
    low = torch.max(boxes[:, None, :2], regions[None, :, :2])
    high = torch.min(boxes[:, None, 2:], regions[None, :, 2:])
    shared = (high - low).clamp(min=0).prod(2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1).clamp(min=1e-6)
    return (shared / area[:, None]).max(1).values


def crop_mini_masks(minis: Tensor, boxes: Tensor, proposals: Tensor) -> Tensor:
    """Mask targets: each garment's mini-mask as its proposal [P, 4] sees it → float [P, 28, 28].

    The mini-masks uint8 [P, M, M] fill their garments' boxes [P, 4].
    """
    side = minis.shape[-1]
    size = (boxes[:, 2:] - boxes[:, :2]).clamp(min=1e-3)
    scale = (side / size).repeat(1, 2)
    local = (proposals - boxes[:, :2].repeat(1, 2)) * scale
    index = torch.arange(len(minis), device=minis.device, dtype=local.dtype)[:, None]
    rois = torch.cat([index, local], 1)
    # A border of zeros, since there is no garment outside its box.
    padded = F.pad(minis[:, None].to(local.dtype), (1, 1, 1, 1))
    rois = rois + rois.new_tensor([0, 1, 1, 1, 1])
    return roi_align(padded, rois, MASK_SIDE, 1.0, 2, aligned=True)[:, 0]


def vote_boxes(boxes: Tensor, voters: Tensor, scores: Tensor) -> Tensor:
    """Boxes [N, 4] → each the mean of the voters [R, 4] around it, itself among them.

    A vote weighs the voter's score [R] times exp(-(1 - IoU)² / VOTE_SPREAD), as in softer-NMS (He
    et al. 2019). Suppression keeps the surest box, which is not always the tightest.
    """
    overlap = box_iou(boxes, voters)
    near = (overlap > VOTE_IOU).to(scores.dtype)
    weights = near * torch.exp(-((1 - overlap) ** 2) / VOTE_SPREAD) * scores
    return (weights @ voters) / weights.sum(1, keepdim=True)


class IgnoringRPN(RegionProposalNetwork):
    """torchvision's region proposal network; anchors in ignore regions are not background."""

    def assign_targets_to_anchors(self, anchors, targets):
        labels, matched = super().assign_targets_to_anchors(anchors, targets)
        for label, anchor, match, target in zip(labels, anchors, matched, targets, strict=True):
            ignored = covered_share(anchor, target["ignore"]) > MAX_IGNORED_SHARE
            label[(label == 0) & ignored] = -1
            unboxed = target["boxes"][~target["boxed"]]
            if len(unboxed):
                hit = (match[:, None] == unboxed[None]).all(2).any(1)
                label[(label == 1) & hit] = UNBOXED
        return labels, matched

    def compute_loss(self, objectness, pred_bbox_deltas, labels, regression_targets):
        """As torchvision's, but boxes are learnt from anchors labelled 1 alone."""
        positive, negative = self.fg_bg_sampler(labels)
        positive = torch.where(torch.cat(positive))[0]
        sampled = torch.cat([positive, torch.where(torch.cat(negative))[0]])
        flat, targets = torch.cat(labels), torch.cat(regression_targets)
        boxed = positive[flat[positive] == 1]
        box_loss = F.smooth_l1_loss(
            pred_bbox_deltas[boxed], targets[boxed], beta=1 / 9, reduction="sum"
        )
        wanted = flat[sampled].clamp(max=1)
        object_loss = F.binary_cross_entropy_with_logits(objectness.flatten()[sampled], wanted)
        return object_loss, box_loss / max(sampled.numel(), 1)


class BoxPredictor(nn.Module):
    """Class logits [R, classes] and box deltas [R, classes · 4]; the same for all if `agnostic`."""

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

    mask_batch_size_per_image: int
    class_agnostic: bool
    box_voting: bool
    relations: Relations | None
    landmark_head: LandmarkHead | None

    def sample(self, proposals: Tensor, target: dict) -> dict:
        """Samples one image's proposals [P, 4] to learn from, the garments' own boxes among them.

        → boxes [S, 4], labels [S] (0 background), `match` [S] (the garment's index), `boxed` [S]
        (whether that garment's box is known) and box deltas [S, 4].
        """
        boxes, labels = target["boxes"], target["labels"]
        proposals = torch.cat([proposals, boxes])
        assigned = torch.zeros(len(proposals), dtype=torch.int64, device=proposals.device)
        match = assigned.clone()
        if len(boxes):
            overlap, match = box_iou(proposals, boxes).max(1)
            assigned = torch.where(overlap >= 0.5, labels[match], assigned)
        ignored = covered_share(proposals, target["ignore"]) > MAX_IGNORED_SHARE
        assigned[(assigned == 0) & ignored] = -1
        positive, negative = self.fg_bg_sampler([assigned])
        keep = torch.where(positive[0] | negative[0])[0]
        match = match[keep]
        sampled = {"boxes": proposals[keep], "labels": assigned[keep], "match": match}
        if len(boxes):
            base, sampled["boxed"] = boxes[match], target["boxed"][match]
        else:
            base, sampled["boxed"] = proposals[keep], torch.zeros_like(match, dtype=torch.bool)
        sampled["deltas"] = self.box_coder.encode([base], [sampled["boxes"]])[0]
        return sampled

    def losses(self, features, proposals, shapes, targets) -> dict[str, Tensor]:
        """The losses `cls`, `box`, `mask` and, with that branch, `landmark` of a batch."""
        with torch.no_grad():
            sampled = [self.sample(p, t) for p, t in zip(proposals, targets, strict=True)]
        pooled = self.box_roi_pool(features, [p["boxes"] for p in sampled], shapes)
        logits, deltas = self.box_predictor(self.box_head(pooled))
        cls_loss, box_loss = self.box_losses(logits, deltas, sampled)
        mask_loss = self.mask_loss(features, sampled, shapes, targets)
        losses = {"cls": cls_loss, "box": box_loss, "mask": mask_loss}
        if self.landmark_head is not None:
            losses["landmark"] = self.landmark_loss(features, sampled, shapes, targets)
        return losses

    def landmark_loss(self, features, sampled, shapes, targets) -> Tensor:
        """Over at most `mask_batch_size_per_image` proposals an image on labelled garments."""
        assert self.landmark_head is not None
        rois, landmarks = [], []
        for sample, target in zip(sampled, targets, strict=True):
            chosen = torch.where(sample["labels"] > 0)[0]
            if len(chosen):
                labelled = (target["landmarks"][..., 2] > 0).any(1)
                chosen = chosen[labelled[sample["match"][chosen]]]
            shuffled = torch.randperm(len(chosen), device=chosen.device)
            chosen = chosen[shuffled[: self.mask_batch_size_per_image]]
            rois.append(sample["boxes"][chosen])
            landmarks.append(target["landmarks"][sample["match"][chosen]])
        if not sum(len(boxes) for boxes in rois):
            return sum(p.sum() * 0 for p in self.landmark_head.parameters())
        logits = self.landmark_head(self.mask_roi_pool(features, rois, shapes))
        return landmark_loss(logits, torch.cat(landmarks), torch.cat(rois))

    def box_losses(self, logits, deltas, sampled) -> tuple[Tensor, Tensor]:
        """Fast R-CNN's; proposals on garments whose box is not known teach the category alone."""
        labels = torch.cat([p["labels"] for p in sampled])
        boxed = torch.cat([p["boxed"] for p in sampled])
        wanted = torch.cat([p["deltas"] for p in sampled])
        rows = torch.where((labels > 0) & boxed)[0]
        found = deltas.reshape(len(deltas), -1, 4)[rows, labels[rows]]
        box_loss = F.smooth_l1_loss(found, wanted[rows], beta=1 / 9, reduction="sum")
        return F.cross_entropy(logits, labels), box_loss / max(labels.numel(), 1)

    def mask_loss(self, features, sampled, shapes, targets) -> Tensor:
        """Mean binary cross-entropy over at most `mask_batch_size_per_image` proposals an image.

        Proposals on garments without a good mask are left out.
        """
        rois, labels, mask_targets = [], [], []
        for sample, target in zip(sampled, targets, strict=True):
            chosen = torch.where(sample["labels"] > 0)[0]
            if len(chosen):
                chosen = chosen[target["masked"][sample["match"][chosen]]]
            shuffled = torch.randperm(len(chosen), device=chosen.device)
            chosen = chosen[shuffled[: self.mask_batch_size_per_image]]
            match = sample["match"][chosen]
            boxes = sample["boxes"][chosen]
            rois.append(boxes)
            labels.append(sample["labels"][chosen])
            if len(chosen):
                minis = target["minis"][match]
                mask_targets.append(crop_mini_masks(minis, target["boxes"][match], boxes))
        if not mask_targets:
            return sum(p.sum() * 0 for p in self.mask_predictor.parameters())
        logits = self.mask_predictor(self.mask_roi_pool(features, rois, shapes)).float()
        if not self.class_agnostic:
            every = torch.arange(len(logits), device=logits.device)
            logits = logits[every, torch.cat(labels)][:, None]
        return F.binary_cross_entropy_with_logits(logits[:, 0], torch.cat(mask_targets))

    def detect(self, features, proposals, shapes, mask_floor=None) -> dict[str, list[Tensor]]:
        """By image: boxes [N, 4], scores [N] descending, labels [N], masks [M, 28, 28] 0–1.

        With that branch also landmarks [M, C, 3]: x, y and confidence on shared channels. M counts
        the detections with a score of at least `mask_floor` [1], or all of them without one.
        """
        pooled = self.box_roi_pool(features, proposals, shapes)
        logits, deltas = self.box_predictor(self.box_head(pooled))
        related = self.relate(logits, deltas, proposals, shapes) if self.relations else logits
        boxes, scores, labels = self.postprocess_detections(related, deltas, proposals, shapes)
        if self.box_voting and self.class_agnostic:
            boxes = self.vote(boxes, logits, deltas, proposals, shapes)
        shown, kinds = boxes, labels
        if mask_floor is not None:
            above = [part >= mask_floor for part in scores]
            shown = [part[mine] for part, mine in zip(boxes, above, strict=True)]
            kinds = [part[mine] for part, mine in zip(labels, above, strict=True)]
        inside = self.mask_roi_pool(features, shown, shapes)
        mask_logits = self.mask_predictor(inside).float()
        if self.class_agnostic:
            chosen = mask_logits[:, 0]
        else:
            flat = torch.cat(kinds)
            chosen = mask_logits[torch.arange(flat.shape[0], device=flat.device), flat]
        masks = torch.sigmoid(chosen)
        masks = [masks] if len(shown) == 1 else list(masks.split([len(b) for b in shown]))
        found = {"boxes": boxes, "scores": scores, "labels": labels, "masks": masks}
        if self.landmark_head is not None:
            flat = shown[0] if len(shown) == 1 else torch.cat(shown)
            places = find_landmarks(self.landmark_head(inside), flat)
            one = len(shown) == 1
            found["landmarks"] = [places] if one else list(places.split([len(b) for b in shown]))
        return found

    def refined(self, deltas, proposals, shapes) -> list[Tensor]:
        """All proposals' boxes by image as the deltas move them; for class-agnostic boxes."""
        decoded = self.box_coder.decode(deltas, proposals)[:, 1].split([len(p) for p in proposals])
        return [clip_boxes_to_image(b, shape) for b, shape in zip(decoded, shapes, strict=True)]

    def relate(self, logits, deltas, proposals, shapes) -> Tensor:
        """Logits [R, classes] of all images, each proposal's seen in the light of the others."""
        assert self.relations is not None
        parts = logits.split([len(p) for p in proposals])
        result = []
        for part, boxes, shape in zip(
            parts, self.refined(deltas, proposals, shapes), shapes, strict=True
        ):
            sides = [torch.as_tensor(side, dtype=boxes.dtype) for side in shape]
            absent = absent_of(part)
            related = self.relations(part[None], boxes[None] / torch.max(*sides), absent[None])[0]
            result.append(torch.where(absent[:, None], part, related))
        return torch.cat(result)

    def vote(self, boxes, logits, deltas, proposals, shapes) -> list[Tensor]:
        """The detections' boxes by image, refined by those of all proposals."""
        scores = (1 - torch.softmax(logits, 1)[:, 0]).split([len(p) for p in proposals])
        voters = self.refined(deltas, proposals, shapes)
        return [vote_boxes(*part) for part in zip(boxes, voters, scores, strict=True)]


class Parser(nn.Module):
    """Normalised images float [B, 3, H, W] → detections, or losses by name while training.

    H and W are multiples of 32. Targets are those of `data.augment.to_targets`, one an image.
    Attribute names are keys of checkpoints.
    """

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.config = config
        self.backbone = make_backbone(config)
        # Stages below the finest pyramid level.
        self.skipped = config.fpn_min_level - 2
        self.fpn = FeaturePyramidNetwork(
            self.backbone.channels[self.skipped :],
            config.fpn_channels,
            extra_blocks=LastLevelMaxPool(),
        )
        self.rpn = _make_rpn(config)
        self.heads = _make_heads(config)
        self.backbone.freeze(config.frozen_stages)

    def pyramid(self, images: Tensor) -> dict[str, Tensor]:
        """FPN levels by name, finest first; in full precision, which the RoI operators need."""
        stages = self.backbone(images)[self.skipped :]
        levels = self.fpn({str(i): stage for i, stage in enumerate(stages)})
        return {name: level.float() for name, level in levels.items()}

    def forward(
        self,
        images: Tensor,
        targets: list[dict] | None = None,
        mask_floor: Tensor | None = None,
    ) -> dict:
        features = self.pyramid(images)
        shapes = [images.shape[-2:]] * images.shape[0]
        proposals, rpn_losses = self.rpn(ImageList(images, shapes), features, targets)
        if not self.training:
            return self.heads.detect(features, proposals, shapes, mask_floor)
        losses = self.heads.losses(features, proposals, shapes, targets)
        losses["objectness"] = rpn_losses["loss_objectness"]
        losses["proposal"] = rpn_losses["loss_rpn_box_reg"]
        return losses


class FloatRpnHead(RPNHead):
    """Objectness and deltas in full precision, also under mixed precision."""

    def forward(self, features):
        logits, deltas = super().forward(features)
        return [x.float() for x in logits], [x.float() for x in deltas]


def _make_rpn(config: NetworkConfig) -> IgnoringRPN:
    """Two scales a level and three ratios; garments fill between a third and all of a photo."""
    levels = range(config.fpn_min_level, 7)
    sizes = tuple((3 * 2**level, int(4.5 * 2**level)) for level in levels)
    anchors = AnchorGenerator(sizes, ((0.5, 1.0, 2.0),) * len(sizes))
    return IgnoringRPN(
        anchors,
        FloatRpnHead(config.fpn_channels, anchors.num_anchors_per_location()[0]),
        fg_iou_thresh=0.6,
        bg_iou_thresh=0.3,
        batch_size_per_image=128,
        positive_fraction=0.5,
        pre_nms_top_n={"training": 600, "testing": 300},
        post_nms_top_n={
            "training": config.rpn_post_nms_top_n_train,
            "testing": config.rpn_post_nms_top_n_test,
        },
        nms_thresh=0.7,
    )


def _make_heads(config: NetworkConfig) -> GarmentHeads:
    names = [str(i) for i in range(6 - config.fpn_min_level)]
    classes = config.num_categories + 1
    # Canonical size 112: a garment of 112 to 224 px is pooled from P4.
    pools = [
        MultiScaleRoIAlign(names, side, 2, canonical_scale=112, canonical_level=4)
        for side in (7, MASK_SIDE // 2)
    ]
    masks = 1 if config.class_agnostic else classes
    heads = GarmentHeads(
        pools[0],
        TwoMLPHead(config.fpn_channels * 49, config.box_head_dim),
        BoxPredictor(config.box_head_dim, classes, config.class_agnostic),
        fg_iou_thresh=0.5,
        bg_iou_thresh=0.5,
        batch_size_per_image=config.box_batch_size_per_image,
        positive_fraction=0.25,
        bbox_reg_weights=None,
        score_thresh=config.box_score_thresh,
        nms_thresh=config.box_nms_thresh,
        detections_per_img=config.box_detections_per_img,
        mask_roi_pool=pools[1],
        mask_head=nn.Identity(),
        mask_predictor=MaskHead(
            config.fpn_channels, config.mask_head_channels, config.mask_head_convs, masks
        ),
    )
    heads.mask_batch_size_per_image = config.mask_batch_size_per_image
    heads.class_agnostic = config.class_agnostic
    heads.box_voting = config.box_voting
    heads.relations = Relations(classes) if config.relations else None
    heads.landmark_head = None
    if config.landmarks:
        heads.landmark_head = LandmarkHead(config.fpn_channels, config.landmark_head_convs)
    return heads
