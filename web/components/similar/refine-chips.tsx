'use client';

import { Chip } from '@/components/items/chip.tsx';
import type { Interpretation } from '@/lib/api/shapes.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { count } from '@/lib/format.ts';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import type { RefinementState } from '@/lib/refinement.ts';

interface RefineChipsProps {
  state: RefinementState;
  /** The server's interpretation of the words; null if there are none, or before the response. */
  interpretation: Interpretation | null;
  onChange: SetRefinement;
}

/** The refinements so far, each a chip that takes it back. */
export function RefineChips({ state, interpretation, onChange }: RefineChipsProps) {
  const said = interpretation && inWords(interpretation);
  return (
    <>
      {said && (
        <Chip label={`${said}. Take back: ${state.say}`} onRemove={() => onChange({ say: '' })}>
          {said}
        </Chip>
      )}
      {state.more.length > 0 && (
        <Chip
          label={`More like ${count(state.more.length, 'item')}. Take back`}
          onRemove={() => onChange({ more: [] })}
        >
          {`More like ${count(state.more.length, 'item')}`}
        </Chip>
      )}
      {state.less.length > 0 && (
        <Chip
          label={`Less like ${count(state.less.length, 'item')}. Take back`}
          onRemove={() => onChange({ less: [] })}
        >
          {`Less like ${count(state.less.length, 'item')}`}
        </Chip>
      )}
    </>
  );
}

/** `Colour blue, category skirt, “pockets” in the title`. */
function inWords(interpretation: Interpretation): string {
  const { colours, categories, titleWords, ignored, notUnderstood } = interpretation;
  const leftOut = [...ignored, ...notUnderstood];
  const parts = [
    colours.length > 0 && `colour ${colours.map((colour) => colour.toLowerCase()).join(' or ')}`,
    categories.length > 0 &&
      `category ${categories.map((category) => CATEGORY_NAMES[category].toLowerCase()).join(' or ')}`,
    titleWords.length > 0 && `${titleWords.map((word) => `“${word}”`).join(', ')} in the title`,
    priceInWords(interpretation),
    leftOut.length > 0 && `left out: ${leftOut.map((word) => `“${word}”`).join(', ')}`,
  ].filter((part) => typeof part === 'string');
  const sentence = parts.join(', ') || 'nothing understood';
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function priceInWords({ minPrice, maxPrice }: Interpretation): string | null {
  const [min, max] = [minPrice ?? null, maxPrice ?? null];
  if (min !== null && max !== null) return `price from ${min} to ${max}`;
  if (min !== null) return `price from ${min}`;
  return max === null ? null : `price up to ${max}`;
}
