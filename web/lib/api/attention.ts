import { request } from './client.ts';
import { AttentionDocument } from './generated/documents/insights.ts';
import type { ItemSampleFieldsFragment } from './generated/graphql.ts';
import type { ImportJob } from './imports.ts';
import { type ItemCard, shapeItemCard } from './shapes.ts';

export interface HiddenItems {
  count: number;
  isExact: boolean;
  /** The first of them, and why shoppers do not see them. */
  items: { item: ItemCard; reason: string | null }[];
}

/** What the shop's staff should look at. */
export interface Attention {
  /** Of the last seven days. */
  missedSearches: number;
  failed: HiddenItems;
  unmatched: HiddenItems;
  hasDuplicates: boolean;
  lastImport: ImportJob | null;
  /** Webhook endpoints that were switched off because deliveries failed. */
  webhooksOff: { id: string; name: string }[];
}

export async function loadAttention(signal?: AbortSignal): Promise<Attention> {
  const { attention, duplicates, imports, webhooks } = await request(AttentionDocument, {}, signal);
  return {
    missedSearches: attention.missedSearches,
    failed: shape(attention.failedItems),
    unmatched: shape(attention.unmatchedItems),
    hasDuplicates: duplicates.edges.length > 0,
    lastImport: imports.edges[0]?.node ?? null,
    webhooksOff: webhooks
      .filter(({ disabledReason }) => disabledReason && disabledReason !== 'BY_HAND')
      .map(({ id, label, url }) => ({ id, name: label || new URL(url).host })),
  };
}

function shape({ items, ...counted }: ItemSampleFieldsFragment): HiddenItems {
  return {
    ...counted,
    items: items.map((item) => ({ item: shapeItemCard(item), reason: item.failure ?? null })),
  };
}
