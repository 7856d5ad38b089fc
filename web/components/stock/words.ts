import type { SeenGarment } from '@/lib/api/stock.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';

const ANY_OF = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Why searches match this garment, or why they do not. */
export function wordsOfChoice({ reason, named, goods }: SeenGarment): string {
  const names = ANY_OF.format(named.map((category) => CATEGORY_NAMES[category].toLowerCase()));
  switch (reason) {
    case 'BY_HAND':
      return 'Matched: somebody of the shop chose it.';
    case 'NAMED':
      return `Matched: the feed or the title names it (${names}).`;
    case 'LARGEST':
      return 'Matched: it is the largest in the first picture that shows a garment.';
    case 'WHOLE_PICTURE':
      return 'Matched: the whole picture, since no garment was found or the shop has a slot for such goods.';
    case 'PARSER_SURE':
      return `Matched: the parser is sure of it, although the feed names ${goods ?? 'other goods'}.`;
    case 'OTHER_BY_HAND':
      return 'Not matched: somebody of the shop chose another.';
    case 'OTHER_NAMED':
      return `Not matched: the feed or the title names another (${names}).`;
    case 'LATER_PICTURE':
      return 'Not matched: an earlier picture shows the one that is.';
    case 'SMALLER':
      return 'Not matched: smaller than the one that is, in the same picture.';
    case 'WHOLE_INSTEAD':
      return 'Not matched: searches match the whole picture.';
    case 'NOT_CLOTHING':
      return goods
        ? `Not matched: the feed names ${goods}, which are no clothing.`
        : 'Not matched: no garment of this item is.';
    case 'EARLIER_CHOICE':
      return 'Not matched: another was chosen when the item was read.';
  }
}
