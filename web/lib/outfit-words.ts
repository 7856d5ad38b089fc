import type { NoOutfitsReason, Outfit, OutfitPiece, Slot } from './api/outfit-shapes.ts';
import type { en } from './i18n/messages/en.ts';
import {
  asSentence,
  sayColour,
  sayGarment,
  sayGarmentWithin,
  sayList,
  sayNumber,
  within,
} from './i18n/say.ts';
import type { Words } from './i18n/words.ts';

const SCORES = [
  { least: 0.68, key: 'veryWell' },
  { least: 0.58, key: 'well' },
  { least: 0.5, key: 'fair' },
  { least: 0, key: 'unusual' },
] as const;

/** A shop's look by its name, other outfits by how well their pieces go together; one piece goes with nothing. */
export function outfitTitle({ t }: Words, { isShops, lookName, score, pairs }: Outfit): string {
  if (isShops && lookName) return lookName;
  if (pairs.length === 0) return t('outfit.page');
  return t(`outfits.scores.${(SCORES.find(({ least }) => score >= least) ?? SCORES[3]).key}`);
}

/** The title of an item, or the category of what somebody wears. */
export function pieceName(words: Words, { item, crop }: OutfitPiece): string {
  return item?.title ?? sayGarment(words, { category: crop?.category ?? null });
}

/** `Navy coat, white top, jeans`. */
export function outfitName(words: Words, { pieces }: Outfit): string {
  return pieces.map((piece) => pieceName(words, piece)).join(', ');
}

const BUILT_IN = [
  'outerwear',
  'top',
  'bottom',
  'dress',
] as const satisfies readonly (keyof typeof en.outfit.slots)[];

/** The built-in slots are said in the page's language, the shop's own as it calls them. */
export function slotLabel({ t }: Words, name: string, slots: readonly Slot[] | undefined): string {
  const builtIn = BUILT_IN.find((one) => one === name);
  if (builtIn) return t(`outfit.slots.${builtIn}`);
  const spelled = name.replace(/[_-]+/g, ' ');
  const known = slots?.find((slot) => slot.name === name)?.label;
  return known ?? spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/** Why there are no outfits. In English the server's own sentence says more. */
export function whyNone({ t, language }: Words, empty: { reason: NoOutfitsReason; message: string }): string {
  return (language === 'en' && empty.message) || t(`outfits.none.${empty.reason}.text`);
}

/** Why the pieces go together, in a line. */
export function whyTogether(words: Words, outfit: Outfit): string {
  if (outfit.isShops) return words.t('outfits.facts.shop');
  const [best] = outfit.pairs;
  return best ? `${asSentence(words, pairInWords(words, outfit, best))}.` : words.t('outfits.facts.compare');
}

/** `Navy trousers with white top: patterns alike`. */
export function pairInWords(words: Words, outfit: Outfit, pair: Outfit['pairs'][number]): string {
  const { t } = words;
  const [one = '', other = ''] = pair.slots.map((slot, index) => {
    const category = outfit.pieces.find((piece) => piece.slot === slot)?.crop?.category ?? null;
    const garment = category
      ? sayGarmentWithin(words, { category })
      : within(words, slotLabel(words, slot, undefined));
    const colour = pair.colours[index];
    return colour ? t('outfits.facts.coloured', { garment, colour: sayColour(words, colour) }) : garment;
  });
  const facts = [
    pair.isInLook && t('outfits.facts.together'),
    pair.isOftenWorn &&
      t('outfits.facts.often', {
        count: sayNumber(words, pair.wornTogether ?? 0),
        total: sayNumber(words, pair.lookCount ?? 0),
      }),
    pair.hasPatternsAlike && t('outfits.facts.patterns'),
  ].filter((fact) => typeof fact === 'string');
  return facts.length > 0
    ? t('outfits.facts.pairWith', { one, other, facts: facts.join(', ') })
    : t('outfits.facts.pair', { one, other });
}

/** The two slots of a pair, for its list. */
export function pairSlots(
  words: Words,
  { slots: names }: Outfit['pairs'][number],
  slots: Slot[] | undefined,
): string {
  return sayList(
    words,
    names.map((name) => slotLabel(words, name, slots)),
  );
}
