/** The steps of a preview that take a core for long. They run on a thread of their own: drawing-worker.mjs. */
import type { Image, Mask, Pose } from '../vision/contract.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import type { Placed } from './person.ts';
import { drawPreview, type Preview, prepareItem, prepareWorn } from './preview.ts';
import { type Refusal, Refused } from './refusals.ts';
import type { Shown, Worn } from './view.ts';

/** A mask as it is stored: COCO's compressed RLE. */
export interface Rle {
  readonly mask: string;
  readonly width: number;
  readonly height: number;
}

/** As `WornInput` and `ItemInput`. */
export interface Questions {
  readonly worn: {
    readonly photo: Image;
    readonly garment: Placed;
    readonly mask: Rle;
    readonly others: readonly Rle[];
    readonly pose: Pose;
  };
  readonly item: { readonly picture: Image; readonly category: number; readonly mask: Rle };
  readonly preview: { readonly worn: Worn; readonly item: Shown };
}
export interface Answers {
  readonly worn: Worn;
  readonly item: Shown;
  readonly preview: Preview;
}
export type Step = keyof Questions;

const STEPS: { readonly [S in Step]: (question: Questions[S]) => Answers[S] } = {
  worn: ({ mask, others, ...rest }) =>
    prepareWorn({ ...rest, mask: decodeMask(mask), others: others.map(decodeMask) }),
  item: ({ mask, ...rest }) => prepareItem({ ...rest, mask: decodeMask(mask) }),
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
