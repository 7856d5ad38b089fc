import type { GarmentRow } from '../../garments/garments.sql.ts';
import type { CategoryClaim } from './claim.ts';

/** Why searches match a garment of an item, or why they do not. */
export type ChoiceReasonName =
  | 'by_hand'
  | 'named'
  | 'largest'
  | 'whole_picture'
  | 'parser_sure'
  | 'other_by_hand'
  | 'other_named'
  | 'later_picture'
  | 'smaller'
  | 'whole_instead'
  | 'not_clothing'
  | 'earlier_choice';

export interface Choice {
  readonly reason: ChoiceReasonName;
  /** The categories that feed and title name, where they decide. */
  readonly named: readonly number[];
  /** The goods outside of the 13 categories that the feed names, where they decide. */
  readonly goods: string | null;
}

type Seen = Pick<
  GarmentRow,
  'imagePosition' | 'area' | 'category' | 'corrected' | 'parsedCategory' | 'isPrimary' | 'chosen' | 'whole'
>;

/** Explains `choosePrimaryGarment`, and what was corrected since: one answer for each garment of the item. */
export function explainChoice(garments: readonly Seen[], claims: readonly CategoryClaim[]): Choice[] {
  const primary = garments.find(({ isPrimary }) => isPrimary);
  const [first] = claims;
  const goods = first?.kind === 'outside' ? first.goods : null;
  // The first claim that any garment fulfils, as the choice itself has it.
  const named = goods
    ? []
    : (claims
        .flatMap((claim) => (claim.kind === 'garment' ? [claim.categories] : []))
        .find((categories) => garments.some((garment) => fulfils(garment, categories))) ?? []);
  return garments.map((garment) => {
    const reason = primary
      ? garment === primary
        ? whyMatched(garment, named, goods !== null)
        : whyNot(garment, primary, named)
      : 'not_clothing';
    const isOfGoods = reason === 'not_clothing' || reason === 'parser_sure';
    return {
      reason,
      named: reason === 'named' || reason === 'other_named' ? named : [],
      goods: isOfGoods ? goods : null,
    };
  });
}

function whyMatched(garment: Seen, named: readonly number[], isOutside: boolean): ChoiceReasonName {
  if (garment.chosen) return 'by_hand';
  if (garment.whole) return 'whole_picture';
  if (isOutside) return 'parser_sure';
  return fulfils(garment, named) ? 'named' : 'largest';
}

function whyNot(garment: Seen, primary: Seen, named: readonly number[]): ChoiceReasonName {
  if (primary.chosen) return 'other_by_hand';
  if (primary.whole) return 'whole_instead';
  if (named.length > 0 && fulfils(primary, named) && !fulfils(garment, named)) return 'other_named';
  const [at, primaryAt] = [garment.imagePosition ?? 0, primary.imagePosition ?? 0];
  if (at > primaryAt) return 'later_picture';
  return at === primaryAt && garment.area <= primary.area ? 'smaller' : 'earlier_choice';
}

/** The parser's word counts: the choice was made before any correction. */
function fulfils({ category, corrected, parsedCategory }: Seen, named: readonly number[]): boolean {
  const parsed = corrected ? parsedCategory : category;
  return parsed !== null && named.includes(parsed);
}
