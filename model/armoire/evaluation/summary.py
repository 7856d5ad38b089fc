"""COCO AP of boxes and masks: `python -m armoire.evaluate [FOLDER] [--checkpoint PATH]`.

Without a checkpoint it measures the shipped ONNX files, so that the figures are theirs.
"""

import argparse
import json
import logging
from pathlib import Path

import numpy as np
import torch
from pycocotools import mask as rle_tools
from pycocotools.cocoeval import COCOeval
from tqdm import tqdm

from armoire.data.sample import Sample, read_rgb
from armoire.data.sources import in_dev, read_source
from armoire.deploy.export import WEIGHTS, load_parser
from armoire.deploy.runtime import ShippedParser
from armoire.evaluation import tables
from armoire.evaluation.coco_eval import accumulate, bootstrap, category_ap, detect, ground_truth
from armoire.photo import CATEGORIES
from armoire.retrieval.views import paste_mask
from armoire.training.config import GARMENTS, MODEL, Source, data_root

log = logging.getLogger(__name__)
OFTEN = 9


def torch_parser(path: Path, side: int, device: str):
    """A checkpoint's averaged weights behind the same call as the shipped file."""
    network, _ = load_parser(path)
    network.to(device)

    @torch.no_grad()
    def call(photo: np.ndarray) -> dict[str, np.ndarray]:
        return {k: v.numpy() for k, v in detect(network, photo, side, device).items()}

    return call


def predict(parse, samples: list[Sample]) -> tuple[list[Sample], list[dict]]:
    """The samples whose photos could be read, and COCO result rows with boxes and masks."""
    kept, rows = [], []
    for sample in tqdm(samples, unit="photo", mininterval=10):
        try:
            photo = read_rgb(sample.path)
        except (ValueError, OSError) as error:
            log.warning("skipped: %s", error)
            continue
        kept.append(sample)
        rows += result_rows(sample.identifier, parse(photo), photo.shape[:2])
    return kept, rows


def result_rows(identifier: int, found: dict, shape: tuple[int, int]) -> list[dict]:
    """Detections → COCO's result format: box x, y, w, h and the pasted mask as RLE."""
    rows = []
    fields = zip(found["boxes"], found["scores"], found["labels"], found["masks"], strict=True)
    for box, score, label, mini in fields:
        x1, y1, x2, y2 = (float(v) for v in box)
        rle = rle_tools.encode(np.asfortranarray(paste_mask(mini, box, *shape)))
        rle["counts"] = rle["counts"].decode("ascii")
        rows.append(
            {
                "image_id": identifier,
                "category_id": int(label),
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "score": float(score),
                "segmentation": rle,
            }
        )
    return rows


def rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def mean(values: np.ndarray) -> float:
    """Mean of what is not NaN; NaN if nothing is left."""
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def summary(run: COCOeval, chosen: np.ndarray, resamples: int) -> dict:
    """AP, AP50, AP75 and by area over the chosen categories [13], with 95 % intervals."""
    values = {
        "AP": mean(category_ap(run)[chosen]),
        "AP50": mean(category_ap(run, 0.5)[chosen]),
        "AP75": mean(category_ap(run, 0.75)[chosen]),
    }
    for area, name in enumerate(("small", "medium", "large"), 1):
        values[name] = mean(category_ap(run, area=area)[chosen])
    table: dict = {name: rounded(value) for name, value in values.items()}
    if resamples:
        low, high = bootstrap(run, chosen, resamples)
        table["interval"] = {
            name: [rounded(low[i]), rounded(high[i])] for i, name in enumerate(("AP", "AP50"))
        }
    return table


def score(samples: list[Sample], rows: list[dict], resamples: int) -> dict:
    """All figures of one split: overall, by category and by source."""
    counts = np.bincount([g.category for s in samples for g in s.garments], minlength=14)[1:14]
    often, occurring = counts >= OFTEN, counts > 0
    result: dict = {"photos": len(samples), "garments": int(counts.sum())}
    truth = ground_truth(samples)
    by_category: dict = {
        name: {"garments": int(n)} for name, n in zip(CATEGORIES, counts, strict=True)
    }
    for kind, name in (("bbox", "box"), ("segm", "mask")):
        run = accumulate(truth, rows, kind)
        result[name] = {
            "all": summary(run, occurring, resamples),
            "often": summary(run, often, resamples),
        }
        for label, iou in (("AP", None), ("AP50", 0.5), ("AP75", 0.75)):
            for category, value in zip(CATEGORIES, category_ap(run, iou), strict=True):
                by_category[category][f"{name}{label}"] = rounded(value)
    result["byCategory"] = by_category
    result["bySource"] = score_sources(samples, rows, often)
    return result


def score_sources(samples: list[Sample], rows: list[dict], often: np.ndarray) -> dict:
    """Street photos apart from shop photos, over the categories frequent in the whole split."""
    result = {}
    for source, name in (("user", "street"), ("shop", "shop")):
        part = [s for s in samples if s.source == source]
        if not any(s.garments for s in part):
            continue
        inside = {s.identifier for s in part}
        mine = [row for row in rows if row["image_id"] in inside]
        truth = ground_truth(part)
        result[name] = {"photos": len(part), "garments": sum(len(s.garments) for s in part)}
        for kind, label in (("bbox", "box"), ("segm", "mask")):
            result[name][label] = summary(accumulate(truth, mine, kind), often, 0)
    return result


def use_box_area(samples: list[Sample]) -> None:
    """The official DeepFashion2 conversion's convention for AP by size."""
    for sample in samples:
        for garment in sample.garments:
            garment.area = float(np.prod(garment.box[2:] - garment.box[:2]))


def write(folder: Path, result: dict, rows: list[dict]) -> str:
    """tables as Markdown and JSON, and the detections as COCO results; returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    text = tables.render(result)
    (folder / "tables.md").write_text(text)
    (folder / "tables.json").write_text(json.dumps(result, indent=2) + "\n")
    (folder / "detections.json").write_text(json.dumps(rows))
    return text


def write_results(folder: Path, rows: list[dict]) -> None:
    """The official result files: `bbox.json` without masks, `segm.json` without boxes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, other in (("bbox", "segmentation"), ("segm", "bbox")):
        kept = [{k: v for k, v in row.items() if k != other} for row in rows]
        (folder / f"{name}.json").write_text(json.dumps(kept))


def update_manifest(folder: Path, result: dict) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["accuracy"] = result
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", default=data_root(GARMENTS), help="the set's folder")
    parser.add_argument("--format", default="coco", choices=["coco", "deepfashion2"])
    parser.add_argument("--split", default="val", help="dev: the part that training leaves out")
    parser.add_argument("--dev-share", type=float, default=0.08)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--checkpoint", type=Path, help="measure a training's weights instead")
    parser.add_argument("--side", type=int, default=0, help="long side (0: the manifest's)")
    parser.add_argument("--area", choices=["mask", "box"], help="what AP by size goes by")
    parser.add_argument("--bootstrap", type=int, default=200, help="resamples of the photos")
    parser.add_argument("--out", type=Path, default=MODEL / "runs/evaluation")
    parser.add_argument("--report", type=Path, help="folder for an HTML page with the failures")
    pictures = {"type": int, "default": 12, "choices": range(1, 201), "metavar": "N"}
    parser.add_argument("--pictures", help="of each kind of failure, 1 to 200 (12)", **pictures)
    parser.add_argument(
        "--threshold", type=float, help="the report's score (the manifest's, or .5)"
    )
    parser.add_argument("--update-manifest", action="store_true")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    split = "train" if options.split == "dev" else options.split
    samples = read_source(Source(str(Path(options.data).resolve()), options.format, split))
    if options.split == "dev":
        samples = [s for s in samples if in_dev(s, options.dev_share)]
    area = options.area or ("box" if options.format == "deepfashion2" else "mask")
    if area == "box":
        use_box_area(samples)
    if options.checkpoint:
        parse = torch_parser(options.checkpoint, options.side or 352, options.device)
    else:
        parse = ShippedParser(options.weights, options.side)
    samples, rows = predict(parse, samples)
    write_results(options.out, rows)
    if not any(sample.garments for sample in samples):
        print(f"no annotations: {len(rows)} detections on {len(samples)} photos in {options.out}")
        return
    result = {"split": options.split, "area": area}
    result["model"] = str(options.checkpoint or parse.manifest["version"])
    result |= score(samples, rows, options.bootstrap)
    print(write(options.out, result, rows))
    if options.report:
        # Here, since the report builds on this module.
        from armoire.evaluation.report import write_report

        shown = 0.5 if options.checkpoint else parse.manifest["parser"]["scoreThreshold"]
        shown = shown if options.threshold is None else options.threshold
        print(write_report(options.report, samples, rows, result, shown, options.pictures))
    if options.update_manifest:
        update_manifest(options.weights, result)


if __name__ == "__main__":
    main()
