'use client';

import { Chip } from '@/components/items/chip.tsx';
import type { Interpretation } from '@/lib/api/shapes.ts';
import type { SetRefinement } from '@/lib/hooks/use-refinement.ts';
import { asSentence, sayColour, sayGarmentWithin, sayList, sayNumber, sayPattern } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Words } from '@/lib/i18n/words.ts';
import type { RefinementState } from '@/lib/refinement.ts';

interface RefineChipsProps {
  state: RefinementState;
  /** The server's interpretation of the words; null if there are none, or before the response. */
  interpretation: Interpretation | null;
  onChange: SetRefinement;
}

/** The refinements so far, each a chip that takes it back. */
export function RefineChips({ state, interpretation, onChange }: RefineChipsProps) {
  const words = useWords();
  const { t } = words;
  const said = interpretation && inWords(words, interpretation);
  const more = t('understood.moreLike', { count: state.more.length });
  const less = t('understood.lessLike', { count: state.less.length });
  return (
    <>
      {said && (
        <Chip
          label={t('understood.takeBack', { said, words: state.say })}
          onRemove={() => onChange({ say: '' })}
        >
          {said}
        </Chip>
      )}
      {state.more.length > 0 && (
        <Chip label={t('understood.takeBackLikes', { said: more })} onRemove={() => onChange({ more: [] })}>
          {more}
        </Chip>
      )}
      {state.less.length > 0 && (
        <Chip label={t('understood.takeBackLikes', { said: less })} onRemove={() => onChange({ less: [] })}>
          {less}
        </Chip>
      )}
    </>
  );
}

/** `Colour blue, category skirt, “pockets” in the title`. */
function inWords(words: Words, interpretation: Interpretation): string {
  const { t } = words;
  const { colours, categories, patterns, sizes, titleWords, ignored, notUnderstood } = interpretation;
  const leftOut = [...ignored, ...notUnderstood];
  const any = (names: readonly string[]) => sayList(words, names, 'disjunction');
  const quoted = (said: readonly string[]) => said.map((word) => t('understood.quoted', { word })).join(', ');
  const parts = [
    colours.length > 0 &&
      t('understood.colour', { list: any(colours.map((colour) => sayColour(words, colour))) }),
    categories.length > 0 &&
      t('understood.category', {
        list: any(categories.map((category) => sayGarmentWithin(words, { category }))),
      }),
    patterns.length > 0 &&
      t('understood.pattern', { list: any(patterns.map((pattern) => sayPattern(words, pattern))) }),
    sizes.length > 0 && t('understood.size', { list: any(sizes.map((size) => size.toUpperCase())) }),
    titleWords.length > 0 && t('understood.title', { list: quoted(titleWords) }),
    priceInWords(words, interpretation),
    leftOut.length > 0 && t('understood.leftOut', { list: quoted(leftOut) }),
  ].filter((part) => typeof part === 'string');
  return asSentence(words, parts.join(', ') || t('understood.nothing'));
}

function priceInWords(words: Words, { minPrice, maxPrice }: Interpretation): string | null {
  const { t } = words;
  const [min, max] = [minPrice, maxPrice].map((price) => (price == null ? null : sayNumber(words, price)));
  if (min && max) return t('understood.priceRange', { min, max });
  if (min) return t('understood.priceFrom', { min });
  return max ? t('understood.priceTo', { max }) : null;
}
