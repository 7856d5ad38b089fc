import type { CatalogueContext } from '../catalogue/context.ts';
import { showOutfits } from './show-outfits.ts';
import { findSwaps, type SwapAsk } from './swap.ts';
import type { SwapConnection } from './swap.type.ts';

/** Throws InvalidInputError and RateLimitedError. */
export async function listSwaps(context: CatalogueContext, ask: SwapAsk): Promise<SwapConnection> {
  const { connection, shopCurrency, wanted } = await findSwaps(context, ask);
  const edges = [];
  const shown = await showOutfits(
    context,
    connection.edges.map(({ node }) => node),
    shopCurrency,
    wanted,
  );
  const byId = new Map(
    shown.map((outfit) => [outfit.pieces.find(({ slot }) => slot === ask.slot)?.item?.id, outfit]),
  );
  const soldOutToo = (ask.filter?.availability ?? []).length > 0;
  for (const { cursor, node } of connection.edges) {
    const outfit = byId.get(node.pieces.find(({ slot }) => slot === ask.slot)?.id);
    const item = outfit?.pieces.find(({ slot }) => slot === ask.slot)?.item;
    if (!outfit || !item) continue;
    if (soldOutToo || item.row.availability !== 'out_of_stock')
      edges.push({ cursor, node: { item, outfit } });
  }
  return { ...connection, edges };
}
