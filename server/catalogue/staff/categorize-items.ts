import { ArmoireError, InvalidInputError, NotFoundError } from '../../errors/errors.ts';
import { listPrimaryGarments } from '../../garments/garments.sql.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import { isMatchedByHand } from '../items/corrections.sql.ts';
import { correctGarment } from '../items/corrections.ts';
import { matchItem, unmatchItem } from '../items/match-item.ts';
import type { CategorizedItem, ItemCategoryInput } from './categorize-items.type.ts';

const MAX_ITEMS = 100;

/** Sets each item's category by hand, or takes it back; says of each what became of it. Throws InvalidInputError. */
export async function categorizeItems(
  context: CatalogueContext,
  items: readonly ItemCategoryInput[],
): Promise<CategorizedItem[]> {
  if (items.length < 1 || items.length > MAX_ITEMS) {
    throw new InvalidInputError(`items must have 1 to ${MAX_ITEMS} entries.`, { field: 'items' });
  }
  const outcomes: CategorizedItem[] = [];
  // One after another: each locks its item, and some need the model.
  for (const { itemId, category } of items) {
    try {
      const before = await categorize(context, itemId, category ?? null);
      outcomes.push({ itemId, before, problem: null });
    } catch (error) {
      if (!(error instanceof ArmoireError)) throw error;
      outcomes.push({ itemId, before: null, problem: error.message });
    }
  }
  return outcomes;
}

/** The category that was set by hand before; null if there was none. */
async function categorize(
  context: CatalogueContext,
  itemId: string,
  category: Category | null,
): Promise<Category | null> {
  const { primary, byHand } = await context.db.inShop(context.shopId, async (tx) => ({
    byHand: await isMatchedByHand(tx, context.shopId, itemId),
    primary: (await listPrimaryGarments(tx, [itemId]))[0],
  }));
  if (byHand === null) throw new NotFoundError('There is no such item.');
  if (category !== null) {
    if (primary) await correctGarment(context, primary.id, category);
    else await matchItem(context, itemId, category);
  } else {
    if (primary?.corrected) await correctGarment(context, primary.id, null);
    if (byHand) await unmatchItem(context, itemId);
  }
  return primary && (primary.corrected || byHand) ? (primary.category as Category | null) : null;
}
