/** An image in, its garments with boxes and masks out: the code around parser.onnx. */

import { own } from '../vocabulary/own.ts';
import { CATEGORIES, type CategoryId } from '../vocabulary/taxonomy.ts';
import { clipBox, nms, scaleBox } from './boxes.ts';
import { calibrator } from './calibration.ts';
import { type Box, type Image, type Mask } from './contract.ts';
import { resize } from './image.ts';
import { type Manifest, takesMaskFloor } from './manifest.ts';
import { MASK_SIDE, pasteMask } from './masks/masks.ts';
import { fitSize, pad, type Size } from './preprocess.ts';
import type { Numbers, OutputData, Session } from './runtime/session.ts';
import { type OnTiming, timed } from './timing.ts';

/** No real photo shows more garments. Bounds the time and memory that one photo can take. */
export const MAX_GARMENTS = 32;

/** A garment before it is embedded; box and mask in pixels of the image. */
export interface FoundGarment {
  readonly category: CategoryId;
  readonly score: number;
  readonly box: Box;
  readonly mask: Mask;
  /** Float32Array [landmarks of the category, 3]: x, y in pixels of the image, confidence. */
  readonly landmarks?: Float32Array | undefined;
}

/** One garment as the model gives it, with its raw score; probabilities Float32Array [28, 28], or empty without a mask. */
export interface Detection {
  readonly category: CategoryId;
  readonly score: number;
  readonly box: Box;
  readonly probabilities: Float32Array;
  readonly landmarks?: Float32Array | undefined;
}

/** Garments above the manifest's threshold, best first, in one look at the whole image. */
export async function findGarments(
  session: Session<Numbers>,
  settings: Manifest['parser'],
  image: Image,
  onTiming?: OnTiming,
): Promise<FoundGarment[]> {
  const found = await detect(session, settings, image, settings.scoreThreshold, onTiming);
  return settle(found, settings, image, onTiming);
}

/**
 * One look at an image: its detections from a raw score of `floor` up, boxes in pixels of the image. Those below the
 * manifest's threshold have masks only where the model makes them of all.
 */
export async function detect(
  session: Session<Numbers>,
  settings: Pick<
    Manifest['parser'],
    'longSide' | 'multiple' | 'padding' | 'landmarks' | 'scoreThreshold' | 'inputs'
  >,
  image: Image,
  floor: number,
  onTiming?: OnTiming,
): Promise<Detection[]> {
  const size = fitSize(image, settings.longSide);
  const input = await timed(onTiming, 'resize', async () =>
    pad(await resize(image, size.width, size.height), settings.multiple, settings.padding),
  );
  const outputs = await timed(onTiming, 'parser', () => session.run(parserFeeds(settings, input)));
  const scaleX = image.width / size.width;
  const scaleY = image.height / size.height;
  return readDetections(outputs, floor, settings.landmarks).map((detection) => ({
    ...detection,
    box: scaleBox(detection.box, scaleX, scaleY),
    landmarks: moveLandmarks(detection.landmarks, { scaleX, scaleY }),
  }));
}

/** What the model takes: pixels and, unless it makes all masks, the raw score from which to make them. */
export function parserFeeds(
  { scoreThreshold, inputs }: Pick<Manifest['parser'], 'scoreThreshold' | 'inputs'>,
  { width, height, data }: Image,
): Record<string, Numbers> {
  return {
    image: { data, shape: [1, height, width, 3] },
    ...(takesMaskFloor(inputs) && { maskFloor: { data: Float32Array.of(scoreThreshold), shape: [1] } }),
  };
}

/**
 * Makes garments of detections, best first. Threshold and NMS use the parser's raw scores, for which they were tuned;
 * the scores returned are calibrated.
 */
export function settle(
  detections: readonly Detection[],
  settings: Pick<Manifest['parser'], 'scoreThreshold' | 'nmsIou' | 'maskThreshold' | 'calibration'>,
  { width, height }: Size,
  onTiming?: OnTiming,
): Promise<FoundGarment[]> {
  return timed(onTiming, 'masks', () => {
    const precision = calibrator(settings.calibration?.points);
    const sure = detections.filter(({ score }) => score >= settings.scoreThreshold);
    return nms(sure, settings.nmsIou)
      .slice(0, MAX_GARMENTS)
      .map(({ probabilities, box, category, score, landmarks }) => ({
        category,
        landmarks,
        score: precision(category, score),
        // A box may extend into the padding; its mask still covers the whole box.
        mask: pasteMask(probabilities, box, width, height, settings.maskThreshold),
        box: clipBox(box, width, height),
      }))
      .filter(({ mask }) => mask.data.includes(1))
      .sort((a, b) => b.score - a.score);
  });
}

/** The model's outputs (named in manifest.ts) as one object per garment, without those below the threshold. */
export function readDetections(
  outputs: Readonly<Record<string, OutputData>>,
  scoreThreshold: number,
  landmarks?: Manifest['parser']['landmarks'],
): Detection[] {
  const boxes = floats(outputs, 'boxes');
  const scores = floats(outputs, 'scores');
  const masks = floats(outputs, 'masks');
  const labels = outputs.labels;
  if (!(labels instanceof BigInt64Array)) throw new TypeError('output labels is not int64');
  const cells = MASK_SIDE * MASK_SIDE;
  // The best ones: the outputs are in descending order of scores.
  const masked = masks.length / cells;
  const points = landmarks && floats(outputs, 'landmarks');
  const landmarksOf = (i: number, category: CategoryId) =>
    Float32Array.from(
      landmarks!.channels[CATEGORIES[category - 1]!].flatMap((channel) => {
        const at = (i * landmarks!.names.length + channel) * 3;
        return [...points!.subarray(at, at + 3)];
      }),
    );
  const detections: Detection[] = [];
  scores.forEach((score, i) => {
    const category = Number(labels[i]);
    if (!(score >= scoreThreshold) || category < 1 || category > CATEGORIES.length) return;
    detections.push({
      category,
      score: Math.min(score, 1),
      box: [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!],
      probabilities: masks.subarray(i * cells, (i + 1) * cells),
      ...(landmarks && i < masked && { landmarks: landmarksOf(i, category) }),
    });
  });
  return detections;
}

/** Landmarks [K, 3] in the pixels of an image that is larger, or of which theirs is a part. */
export function moveLandmarks(
  landmarks: Float32Array | undefined,
  { left = 0, top = 0, scaleX = 1, scaleY = 1 },
): Float32Array | undefined {
  return landmarks?.map((value, i) =>
    i % 3 === 0 ? value * scaleX + left : i % 3 === 1 ? value * scaleY + top : value,
  );
}

function floats(outputs: Readonly<Record<string, OutputData>>, name: string): Float32Array {
  const data = own(outputs, name);
  if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not float32`);
  return data;
}
