/** The steps of a preview that take a core for long. They run on a thread of their own: drawing-worker.mjs. */
import type { Image, Mask } from '../vision/contract.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import {
  drawPreview,
  type ItemInput,
  type Preview,
  prepareItem,
  prepareWorn,
  type WornInput,
} from './preview.ts';
import { type Refusal, Refused } from './refusals.ts';
import { type Cut, cutOf, type Shown, type Worn } from './view.ts';

/** A mask as it is stored: COCO's compressed RLE. */
export interface Rle {
  readonly mask: string;
  readonly width: number;
  readonly height: number;
}

export interface Questions {
  readonly cut: { readonly picture: Image; readonly mask: Rle; readonly others: readonly Rle[] };
  readonly worn: WornInput;
  readonly item: ItemInput;
  readonly preview: { readonly worn: Worn; readonly item: Shown };
}
export interface Answers {
  readonly cut: Cut;
  readonly worn: Worn;
  readonly item: Shown;
  readonly preview: Preview;
}
export type Step = keyof Questions;

const STEPS: { readonly [S in Step]: (question: Questions[S]) => Answers[S] } = {
  cut: ({ picture, mask, others }) => cutOf(picture, decodeMask(mask), others.map(decodeMask)),
  worn: prepareWorn,
  item: prepareItem,
  preview: ({ worn, item }) => drawPreview(worn, item),
};

/** A refusal is an answer. */
export function runStep<S extends Step>(step: S, question: Questions[S]): Answers[S] | Refusal {
  try {
    return STEPS[step](question);
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

function decodeMask({ mask, width, height }: Rle): Mask {
  return rleDecode(mask, width, height);
}
